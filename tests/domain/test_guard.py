"""What an update takes away: what is guarded, what is not, and what a stack file allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ftdeploy.domain.guard import LostAccount, LostDeployment, LostGroup, Surroundings, check_losses
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.stacks import Removal
from ftdeploy.errors import Place

BOT = LostDeployment(
    urn="urn:bot", is_replaced=False, is_protected=False, account="a", name="bot", sku_text="Standard", stage="dev"
)
ACCOUNT = LostAccount(urn="urn:a", is_replaced=False, is_protected=False, name="a", resource_group="g")
GROUP = LostGroup(urn="urn:g", is_replaced=False, is_protected=False, name="g")
HOLDER = AccountId(subscription="s", resource_group="G", name="A")
AROUND = Surroundings(
    stage="dev",
    guarded_stages=frozenset({"prod"}),
    holders=(),
    removals=(),
    where=Place(name="stacks/dev.yaml"),
    today=date(2026, 11, 26),
)


def check(loss, **around):
    return list(check_losses([loss], replace(AROUND, **around)))


def allow(resource, expires=date(2026, 11, 26)):
    return Removal(where=Place(name="stacks/dev.yaml", line=30), resource=resource, reason="r", expires=expires)


@pytest.mark.parametrize(
    ("loss", "around", "words"),
    [
        pytest.param(replace(BOT, is_protected=True), {}, "is protected", id="protected"),
        pytest.param(replace(BOT, sku_text="PROVISIONEDMANAGED"), {}, "is provisioned", id="provisioned"),
        pytest.param(replace(BOT, stage="prod"), {}, "is in stage prod", id="guarded stage by tag"),
        pytest.param(replace(BOT, stage=""), {"stage": "prod"}, "is in stage prod", id="guarded stage by file"),
        pytest.param(ACCOUNT, {"holders": (HOLDER,)}, "holds models", id="account of a model"),
        pytest.param(replace(ACCOUNT, is_protected=True), {}, "is protected", id="protected account"),
        pytest.param(GROUP, {"holders": (HOLDER,)}, "holds models", id="group around a model"),
        pytest.param(replace(BOT, stage="prod", is_replaced=True), {}, "makes anew", id="replaced"),
    ],
)
def test_guarded_loss_is_refused_with_what_allows_it(loss, around, words):
    [problem] = check(loss, **around)

    assert words in problem.problem
    assert (problem.level, problem.rule, problem.where.name) == ("mandatory", "removal-allowed", loss.urn)
    assert f"removals: [{{resource: {loss.resource}," in problem.fix


@pytest.mark.parametrize("loss", [BOT, ACCOUNT, GROUP, replace(BOT, sku_text="")], ids=repr)
def test_other_losses_pass(loss):
    assert check(loss) == []


@pytest.mark.parametrize(
    ("loss", "resource"), [(replace(BOT, stage="prod"), "A/Bot"), (ACCOUNT, "a"), (GROUP, "g")], ids=repr
)
def test_stack_file_allows_by_name(loss, resource):
    assert check(loss, holders=(HOLDER,), removals=(allow(resource),)) == []


def test_allowance_that_ended_is_a_finding():
    [problem] = check(replace(BOT, stage="prod"), removals=(allow("a/bot", date(2026, 11, 25)),))

    assert (problem.rule, problem.level, problem.where.line) == ("removal-expired", "mandatory", 30)


def test_allowance_of_no_use_is_only_told():
    [problem] = check(BOT, removals=(allow("a/bot"),))

    assert (problem.rule, problem.level) == ("removal-idle", "advisory")
