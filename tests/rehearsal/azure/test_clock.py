"""The clock moves ahead, and what comes due on the way happens at its own moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ftdeploy.rehearsal.azure import operations
from ftdeploy.rehearsal.azure.clock import parse_time
from ftdeploy.rehearsal.azure.due import settle
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, build_scenario

CLOCK = "/_rehearsal/clock"


def test_advanced_clock_is_told_and_kept(pretend: Pretend) -> None:
    before = parse_time(pretend.http.get(CLOCK).json()["now"])

    moved = pretend.http.put(CLOCK, json={"advanceSeconds": 86400}).json()

    assert parse_time(moved["now"]) - before >= timedelta(days=1)
    assert float(pretend.world.store.find_setting("clockAheadSeconds") or 0) == 86400.0


def test_set_clock_is_there(pretend: Pretend) -> None:
    moved = pretend.http.put(CLOCK, json={"now": "2031-01-01T00:00:00Z"}).json()

    assert moved["now"].startswith("2031-01-01T00:00:00")


@pytest.mark.parametrize(
    "body",
    [
        {"now": "2001-01-01"},
        {"now": "soon"},
        {"advanceSeconds": -1},
        {"advanceSeconds": 1e12},
        {"advanceSeconds": "1"},
        {},
        {"speed": 2},
    ],
    ids=["past", "no-moment", "backwards", "too-far", "text", "nothing", "unknown"],
)
def test_clock_that_cannot_be_is_refused(pretend: Pretend, body: dict) -> None:
    before = pretend.world.clock.ahead_seconds

    response = pretend.http.put(CLOCK, json=body)

    assert (response.status_code, response.json()["error"]["code"]) == (400, "BadClock")
    assert pretend.world.clock.ahead_seconds == before


def test_token_of_before_the_jump_has_expired(pretend: Pretend) -> None:
    pretend.get(ACCOUNT)

    pretend.pass_seconds(7200)

    assert pretend.get(ACCOUNT).json()["error"]["code"] == "ExpiredAuthenticationToken"


def test_operation_passed_over_ended_at_its_own_moment(slow: Pretend) -> None:
    answer = slow.deploy()
    operation = answer.headers["azure-asyncoperation"].rpartition("/")[2].partition("?")[0]

    slow.pass_seconds(3600)
    settle(slow.world)

    found = slow.world.operations.get(operation)
    assert found is not None
    assert (found.is_running, found.ends - found.started) == (False, timedelta(seconds=60))


def test_things_due_happen_in_the_order_of_their_moments(pretend: Pretend, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, timedelta]] = []
    start = pretend.world.clock.now()
    handlers = {"note": lambda world, entry: seen.append((entry.subject, world.clock.now() - start))}
    monkeypatch.setattr("ftdeploy.rehearsal.azure.due.HANDLERS", handlers)
    pretend.world.agenda.add("note", start + timedelta(hours=2), "second")
    pretend.world.agenda.add("note", start + timedelta(hours=1), "first")
    pretend.world.agenda.add("note", start + timedelta(hours=9), "later")
    pretend.world.agenda.add("note", start + timedelta(hours=1), "dropped")
    pretend.world.agenda.drop("note", "Dropped")

    pretend.pass_seconds(3 * 3600)
    settle(pretend.world)

    assert seen == [("first", timedelta(hours=1)), ("second", timedelta(hours=2))]


def test_scenario_begins_at_its_own_moment(tmp_path) -> None:
    opened = open_pretend(tmp_path, {**build_scenario(), "clock": {"set": "2025-02-20T00:00:00Z"}})

    assert opened.http.get(CLOCK).json()["now"].startswith("2025-02-20T00:00")
    opened.world.store.close()


def test_failing_operation_says_why(slow: Pretend) -> None:
    slow.deploy()
    failure = operations.Failure(code="InternalServerError", message="It broke.")
    begun = slow.world.operations.begin("update", f"{ACCOUNT}/deployments/bot", failure=failure)

    slow.world.operations.end(begun.id)

    assert slow.get(f"{ACCOUNT}/deployments/bot").json()["properties"]["provisioningState"] == "Failed"
    assert slow.world.operations.get(begun.id).status == "Failed"
