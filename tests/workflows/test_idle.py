from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from ftdeploy.domain.observations import AccountCalls, AccountState, DeploymentState
from ftdeploy.errors import Place, Problem, ServiceRefused
from ftdeploy.workflows.idle import watch_stack
from tests.workflows.wanted import build_account, build_stack

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
FINE_TUNED = f"gpt-4o-mini-2024-07-18.ft-{'a' * 32}"


class FakeAzure:
    """Has the account, unless `is_missing`, with `deployments`; counts `calls`, or raises them."""

    def __init__(self, *deployments, calls=None, is_missing=False):
        self.deployments = deployments
        self.calls = calls
        self.is_missing = is_missing

    async def find_account(self, account):
        return None if self.is_missing else AccountState(id=account, region="r", endpoint="e")

    async def list_deployments(self, account):
        return self.deployments

    async def count_calls(self, account, *, since, until):
        if isinstance(self.calls, Exception):
            raise self.calls
        return self.calls or AccountCalls(since=since, last_calls={})


def build_deployment(name="support-bot", *, days=20, model=FINE_TUNED, sku="Standard"):
    created_at = None if days is None else NOW - timedelta(days=days)
    return DeploymentState(name=name, model=model, sku=sku, created_at=created_at)


def watch(azure):
    stack = build_stack(build_account("support-bot"))
    return asyncio.run(watch_stack(stack, accounts=azure, calls=azure, now=NOW))


def called(days, *, window_days=30):
    since = NOW - timedelta(days=window_days)
    return AccountCalls(since=since, last_calls={"support-bot": NOW - timedelta(days=days)})


@pytest.mark.parametrize(
    ("age_days", "calls", "verdict", "deletable_from"),
    [
        (20, called(2), "active", date(2026, 12, 4)),
        (20, called(16), "idle", date(2026, 11, 20)),
        (20, None, "idle", date(2026, 11, 16)),
        (3, None, "too young", date(2026, 12, 3)),
    ],
    ids=["called", "called-long-ago", "never-called", "young"],
)
def test_age_and_calls_give_the_verdict(age_days, calls, verdict, deletable_from):
    [seen] = watch(FakeAzure(build_deployment(days=age_days), calls=calls))

    assert (seen.verdict, seen.idleness.deletable_from, seen.reason) == (verdict, deletable_from, "")


def test_idle_longer_than_the_window_is_dated_by_the_window():
    """Nobody knows what was called before it, so its begin is the last moment a call could have been."""
    [seen] = watch(FakeAzure(build_deployment(days=90)))

    assert seen.idleness.deletable_from == date(2026, 11, 6)


def test_failed_metrics_are_unknown_with_the_reason():
    problem = Problem(problem="Azure did not count: no role", where=Place(name="a"), fix="b")

    [seen] = watch(FakeAzure(build_deployment(), calls=ServiceRefused((problem,))))

    assert (seen.verdict, seen.reason) == ("unknown", "Azure did not count: no role")
    assert seen.idleness.deletable_from is None


def test_window_under_15_days_is_unknown():
    [seen] = watch(FakeAzure(build_deployment(), calls=called(2, window_days=10)))

    assert (seen.verdict, seen.last_call_at) == ("unknown", None)
    assert seen.reason == "Azure Monitor answered for less than 15 days, from 2026-11-11 on"


def test_unknown_age_is_unknown():
    [seen] = watch(FakeAzure(build_deployment(days=None)))

    assert (seen.verdict, seen.reason) == ("unknown", "Azure does not say when it was created")


def test_developer_tier_ends_after_a_day_whatever_its_calls():
    [seen] = watch(FakeAzure(build_deployment(days=0, sku="developertier"), calls=called(0)))

    assert seen.idleness.deletable_from == date(2026, 11, 22)


def test_wanted_deployment_that_azure_lacks_is_absent():
    [other, absent] = watch(FakeAzure(build_deployment("other")))

    assert (other.deployment, other.is_wanted) == ("other", False)
    assert (absent.deployment, absent.verdict) == ("support-bot", "absent")
    assert absent.reason == "the stack file names it, and it is not in Azure"


def test_missing_account_makes_its_deployments_absent():
    [seen] = watch(FakeAzure(is_missing=True))

    assert (seen.verdict, seen.reason) == ("absent", "the account contoso is not in Azure")


def test_names_are_compared_in_any_letter_case():
    [seen] = watch(FakeAzure(build_deployment("Support-Bot"), calls=called(2)))

    assert (seen.is_wanted, seen.verdict) == (True, "active")


def test_deployment_of_a_base_model_is_left_out():
    assert [each.verdict for each in watch(FakeAzure(build_deployment("plain", model="gpt-4o")))] == ["absent"]
