"""Good stack files become records with every value in its place."""

import time
from datetime import date
from pathlib import Path

from ftdeploy.catalog.load import load_facts
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.skus import Sku
from ftdeploy.files.load import load_stacks

ROOT = Path(__file__).parents[2]
TRAINING = (
    "/subscriptions/10000000-0000-4000-8000-0000000000b1/resourceGroups/rg-training"
    "/providers/Microsoft.CognitiveServices/accounts/contoso-training-swc"
)
PARTNER = "20000000-0000-4000-8000-000000000001"


def get_deployment(repository):
    (account,) = repository.load().stack.accounts
    return account.deployments[0]


def test_new_account_is_named_in_the_stacks_subscription(repository):
    (account,) = repository.load().stack.accounts

    assert str(account.id).endswith(
        "0d1/resourceGroups/rg-support-dev/providers/Microsoft.CognitiveServices/accounts/contoso-support-dev"
    )
    assert account.new is not None
    assert account.access[0].role_id == "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"


def test_model_lies_where_its_origin_says(repository):
    deployment = get_deployment(repository)

    assert str(deployment.model.account) == TRAINING
    assert deployment.model.base == BaseModel(name="gpt-4o-mini", version="2024-07-18")
    assert deployment.model.tenant == repository.load().stack.tenant
    assert deployment.model_id == f"support-bot@{repository.model_id}"


def test_origin_in_another_tenant_keeps_its_tenant(repository):
    text = f"account: {TRAINING}\nname: ftchkpt-{'0' * 32}\ntenant: {PARTNER}\n"
    repository.add_origin(text, geography="us")
    repository.write_stack("geography: eu", "geography: us")

    assert get_deployment(repository).model.tenant == PARTNER


def test_inline_model_has_no_id_and_the_base_its_name_tells(repository):
    name = f"gpt-4o-2024-08-06.ft-{'0' * 32}"
    repository.write_stack("model: support-bot@MODEL_ID", f"model: {{name: {name}, account: {TRAINING}}}")

    deployment = get_deployment(repository)

    assert deployment.model_id == ""
    assert deployment.model.base.name == "gpt-4o"


def test_both_provisioned_names_are_one_sku(repository):
    repository.write_stack("sku: Standard\n        kTpm: 10", "sku: ProvisionedStandard\n        ptu: 50")

    deployment = get_deployment(repository)

    assert (deployment.sku, deployment.api_sku, deployment.capacity) == (Sku.PROVISIONED, "ProvisionedManaged", 50)


def test_api_sku_sends_the_old_literal(repository):
    new = "sku: ProvisionedManaged\n        ptu: 50\n        apiSku: ProvisionedStandard"
    repository.write_stack("sku: Standard\n        kTpm: 10", new)

    assert get_deployment(repository).api_sku == "ProvisionedStandard"


def test_place_tells_file_line_and_key(repository):
    place = repository.load().place

    assert str(place("accounts.support.deployments.support-bot.kTpm")) == (
        "stacks/dev.yaml:21 accounts.support.deployments.support-bot.kTpm"
    )
    assert place("accounts.support.deployments.support-bot.ptu").line == 18
    assert place("accounts.support.access[0].role").line == 16


def test_reference_repository_has_no_problem():
    facts = load_facts(date(2026, 11, 21))

    loaded = load_stacks(ROOT, facts)

    assert [each.stack.name for each in loaded] == ["dev", "prod-eu-swc", "prod-us-ncu"]


def test_thousand_deployments_are_loaded_in_under_a_second(repository):
    one = "      bot-{}:\n        model: support-bot@MODEL_ID\n        sku: Standard\n        kTpm: 10\n"
    repository.write_stack("    deployments:\n", "    deployments:\n" + "".join(map(one.format, range(1_000))))

    began = time.perf_counter()
    stack = repository.load().stack

    assert time.perf_counter() - began < 1
    assert len(stack.accounts[0].deployments) == 1_001
