"""A promotion is a list of scalars to change, or the reasons why not."""

from dataclasses import replace

import pytest

from ftdeploy.domain.models import BaseModel, FineTunedModel, Model, Origin
from ftdeploy.domain.promotion import FleetView, plan_promotion
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.stacks import Account, Change, Deployment, Stack

OLD, NEW = "bot@aaaaaaaaaaaa", "bot@bbbbbbbbbbbb"
ID = AccountId(subscription="s", resource_group="g", name="n")
BASE = BaseModel(name="gpt-4o-mini", version="2024-07-18")
DEPLOYMENT = Deployment(
    key="bot",
    model=FineTunedModel(name="x", account=ID, tenant="t", base=BASE),
    model_id=OLD,
    sku=Sku.STANDARD,
    api_sku="Standard",
    capacity=10,
    load=None,
    content_filter="Microsoft.DefaultV2",
    change=Change.IN_PLACE,
    protect=False,
)


def model(reference, *geographies):
    name, _, model_id = reference.partition("@")
    origins = tuple(Origin(geography=each, account=ID, name="x", tenant=None) for each in geographies)
    return Model(name=name, id=model_id, base=BASE, origins=origins)


def stack(name, stage, *references, geography="eu"):
    deployments = tuple(replace(DEPLOYMENT, key=f"d{at}", model_id=each) for at, each in enumerate(references))
    account = Account(key="support", id=ID, new=None, access=(), deployments=deployments, protect=False)
    return Stack(
        name=name,
        stage=stage,
        wave=1,
        geography=geography,
        tenant="t",
        subscription="s",
        owner="o",
        accounts=(account,),
    )


def plan(reference=NEW, stage="prod", stacks=()):
    stages = {"dev": (), "prod": ("dev",)}
    models = [model(OLD, "eu"), model(NEW, "eu")]
    return plan_promotion(reference, stage=stage, fleet=FleetView(stages=stages, stacks=stacks, models=models))


def test_every_deployment_of_the_model_gets_an_edit():
    stacks = [
        stack("prod-b", "prod", OLD, "other@cccccccccccc"),
        stack("prod-a", "prod", "", OLD),
        stack("dev", "dev", NEW),
    ]

    found = plan(stacks=stacks)

    assert [(each.file, each.key, each.old, each.new) for each in found.edits] == [
        ("stacks/prod-a.yaml", "accounts.support.deployments.d1.model", OLD, NEW),
        ("stacks/prod-b.yaml", "accounts.support.deployments.d0.model", OLD, NEW),
    ]
    assert found.problems == ()


def test_deployment_that_runs_it_already_is_left_out():
    found = plan(stacks=[stack("dev", "dev", NEW), stack("p1", "prod", NEW), stack("p2", "prod", OLD)])

    assert [each.file for each in found.edits] == ["stacks/p2.yaml"]


def test_promoting_what_is_there_changes_nothing_and_is_no_problem():
    found = plan(stacks=[stack("d", "dev", NEW), stack("p", "prod", NEW)])

    assert (found.edits, found.problems) == ((), ())


def test_first_stage_waits_for_nothing():
    assert plan(stage="dev", stacks=[stack("dev", "dev", OLD)]).edits


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        pytest.param({"stage": "prd"}, "there is no stage `prd`", id="unknown stage"),
        pytest.param({"reference": "bot@cccccccccccc"}, "there is no model `bot@cccccccccccc`", id="unknown id"),
        pytest.param({"reference": "bot"}, "there is no model `bot`", id="no id"),
        pytest.param({"stacks": [stack("p", "prod", OLD)]}, "not deployed in stage dev", id="not in dev"),
        pytest.param(
            {"stacks": [stack("d", "dev", NEW), stack("p", "prod", "other@cccccccccccc")]},
            "no deployment of `bot` is in stage prod",
            id="no such deployment",
        ),
        pytest.param(
            {"stacks": [stack("d", "dev", NEW), stack("p", "prod", OLD, geography="us")]},
            "no origin for geography us",
            id="no origin",
        ),
    ],
)
def test_promotion_that_cannot_be_says_why(wanted, words):
    found = plan(**wanted)

    assert found.edits == ()
    assert words in found.problems[0].problem


def test_problems_of_all_stacks_are_told_at_once():
    stacks = [stack("p1", "prod", OLD, geography="us"), stack("p2", "prod", OLD, geography="asia")]

    found = plan(stacks=stacks)

    assert [each.where.name for each in found.problems] == ["fleet.yaml", "stacks/p1.yaml", "stacks/p2.yaml"]
