"""The reference repository and the scenario it is rehearsed in name the same things."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from ftdeploy.catalog.load import load_facts
from ftdeploy.domain.promotion import FleetView, plan_promotion
from ftdeploy.files.load import load_fleet, load_stacks
from ftdeploy.files.models import load_models

ROOT = Path(__file__).parents[2]
FACTS = load_facts(date(2026, 11, 21))


@pytest.fixture
def scenario():
    return yaml.safe_load((ROOT / "ftdeploy/rehearsal/scenarios/reference.yaml").read_text(encoding="utf-8"))


def test_weights_of_every_origin_exist(scenario):
    trained = {(each["account"], each["name"]) for each in scenario["fineTunedModels"]}

    origins = {(str(each.account), each.name) for model in load_models(ROOT, FACTS) for each in model.origins}

    assert origins == trained


def test_existing_accounts_and_subscriptions_exist(scenario):
    stacks = [each.stack for each in load_stacks(ROOT, FACTS)]

    existing = {str(account.id) for stack in stacks for account in stack.accounts if account.new is None}
    assert existing <= {each["id"] for each in scenario["resources"]}
    known = {(each["id"], each["tenant"]) for each in scenario["subscriptions"]}
    assert {(stack.subscription, stack.tenant) for stack in stacks} <= known


def test_roles_are_given_to_principals_that_exist(scenario):
    known = {each["objectId"] for each in scenario["principals"]}

    given = {
        access.principal
        for each in load_stacks(ROOT, FACTS)
        for account in each.stack.accounts
        for access in account.access
    }

    assert given | {each["principal"] for each in scenario["roleAssignments"]} <= known


def test_promotion_of_the_newer_model_changes_one_scalar():
    stacks = [each.stack for each in load_stacks(ROOT, FACTS)]
    newer = next(each for each in stacks if each.name == "dev").accounts[0].deployments[0].model_id
    view = FleetView(stages=load_fleet(ROOT).stages, stacks=stacks, models=load_models(ROOT, FACTS))

    plan = plan_promotion(newer, stage="prod", fleet=view)

    assert [each.file for each in plan.edits] == ["stacks/prod-eu-swc.yaml"]
