"""What sizes and SKUs are sold, and how quota is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code, open_pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, IDLE_ACCOUNT, SUBSCRIPTION, build_deployment, build_scenario

USAGES = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.CognitiveServices/locations/swedencentral/usages"
NAME = "OpenAI.Standard.gpt-4o-mini-finetune"
LABEL = "Tokens Per Minute (thousands) - gpt-4o-mini-finetune"


@pytest.mark.parametrize("sku", ["ProvisionedManaged", "provisionedmanaged", "ProvisionedStandard"])
@pytest.mark.parametrize(("ptu", "code"), [(20, "InvalidCapacity"), (25, ""), (40, "InvalidCapacity"), (50, "")])
def test_provisioned_size_is_minimum_and_whole_steps(pretend: Pretend, sku: str, ptu: int, code: str) -> None:
    assert get_code(pretend.deploy(sku=sku, capacity=ptu)) == code


def test_sku_in_any_case_is_answered_in_azures_spelling(pretend: Pretend) -> None:
    assert pretend.deploy(sku="globalstandard").json()["sku"]["name"] == "GlobalStandard"


def test_sku_of_another_region_is_refused(pretend: Pretend) -> None:
    response = pretend.deploy(sku="DataZoneStandard")

    assert get_code(response) == "InvalidResourceProperties"
    assert "'DataZoneStandard'" in response.json()["error"]["message"]


def test_base_model_is_sold_too_but_not_as_developer_tier(pretend: Pretend) -> None:
    body = build_deployment("gpt-4.1")
    body["properties"]["model"]["version"] = "2025-04-14"
    path = f"{ACCOUNT}/deployments/base"

    made = pretend.put(path, body)
    refused = pretend.put(path, {**body, "sku": {"name": "DeveloperTier", "capacity": 1}})

    assert made.status_code == 201
    assert refused.json()["error"]["message"] == (
        "The specified SKU 'DeveloperTier' of account deployment is not supported by the model 'gpt-4.1' version: "
        "'2025-04-14'."
    )


def test_quota_is_shared_by_the_accounts_of_a_region(pretend: Pretend) -> None:
    model = "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"
    pretend.deploy("one", capacity=60)

    response = pretend.deploy("two", account=IDLE_ACCOUNT, model=model, source=ACCOUNT, capacity=41)

    assert get_code(response) == "InsufficientQuota"
    assert response.json()["error"]["message"] == (
        f"This operation require 41 new capacity in quota {LABEL}, which is bigger than the current available capacity "
        f"40. The current quota usage is 60 and the quota limit is 100 for quota {LABEL}."
    )


def test_growing_a_deployment_counts_only_what_it_grows_by(pretend: Pretend) -> None:
    pretend.deploy("one", capacity=60)

    refused = pretend.ask("PATCH", f"{ACCOUNT}/deployments/one", {"sku": {"name": "Standard", "capacity": 101}})

    assert refused.json()["error"]["message"] == (
        f"This operation require 41 new capacity in quota {LABEL}, which is bigger than the current available capacity "
        f"40. The current quota usage is 60 and the quota limit is 100 for quota {LABEL}."
    )
    assert get_code(pretend.deploy("one", capacity=100)) == ""


def test_what_another_sku_has_is_no_capacity_of_this_one(tmp_path: Path) -> None:
    scenario = build_scenario()
    scenario["capacity"] = [{"location": "swedencentral", "sku": "ProvisionedManaged", "available": 25}]
    pretend = open_pretend(tmp_path, scenario)
    pretend.deploy(capacity=50)

    refused = pretend.deploy(sku="ProvisionedManaged", capacity=50)

    assert (refused.status_code, get_code(pretend.deploy(sku="ProvisionedManaged", capacity=25))) == (400, "")


def test_capacity_is_shared_with_the_old_literal_and_with_deleted_accounts(tmp_path: Path) -> None:
    scenario = build_scenario()
    scenario["capacity"] = [{"location": "swedencentral", "sku": "ProvisionedManaged", "available": 50}]
    pretend = open_pretend(tmp_path, scenario)
    made = pretend.deploy("one", sku="provisionedstandard", capacity=50)

    beside = pretend.deploy("two", sku="ProvisionedManaged", capacity=25)
    pretend.delete(ACCOUNT)
    base = build_deployment("gpt-4o-mini", sku="ProvisionedManaged", capacity=25)
    base["properties"]["model"]["version"] = "2024-07-18"
    afterwards = pretend.put(f"{IDLE_ACCOUNT}/deployments/two", base)

    assert (get_code(made), get_code(beside), get_code(afterwards)) == ("", *["InsufficientCapacity"] * 2)


def test_quota_is_free_when_the_deployment_is_gone_and_not_before(slow: Pretend) -> None:
    slow.deploy("one", capacity=100)
    slow.pass_seconds(61)
    slow.delete(f"{ACCOUNT}/deployments/one")
    during = slow.deploy("two", account=IDLE_ACCOUNT, source=ACCOUNT, capacity=1)
    slow.pass_seconds(61)

    assert get_code(during) == "InsufficientQuota"
    assert get_code(slow.deploy("two", account=IDLE_ACCOUNT, source=ACCOUNT, capacity=1)) == ""


def test_usages_say_what_is_used_and_allowed(pretend: Pretend) -> None:
    pretend.deploy(capacity=60)

    usages = {each["name"]["value"]: each for each in pretend.get(USAGES).json()["value"]}

    assert (usages[NAME]["currentValue"], usages[NAME]["limit"]) == (60, 100)
    assert usages[NAME]["name"]["localizedValue"] == LABEL
    assert usages["OpenAI.ProvisionedManaged"]["limit"] == 300
    assert usages["OpenAI.ProvisionedManaged"]["name"]["localizedValue"] == "Provisioned Managed Throughput Unit"
    wider = usages["OpenAI.GlobalStandard.gpt-4o"]["name"]["localizedValue"]
    assert wider == "Tokens Per Minute (thousands) - gpt-4o - GlobalStandard"


def test_models_of_an_account_hold_its_fine_tuned_ones_with_their_base(pretend: Pretend) -> None:
    models = {each["name"]: each for each in pretend.get(f"{ACCOUNT}/models").json()["value"]}

    tuned = models["gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"]
    assert tuned["baseModel"]["version"] == "2024-07-18"
    assert {each["name"]: each["capacity"]["step"] for each in tuned["skus"]}["ProvisionedManaged"] == 25
