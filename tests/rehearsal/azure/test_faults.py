"""Faults strike what they are to strike, as often as they are to, and do what they are to do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP

ADDRESS = "/_rehearsal/faults"
WRITES = "PUT */deployments/*"


def add(pretend: Pretend, kind: str, **rest: Any) -> dict[str, Any]:
    answer = pretend.http.put(ADDRESS, json={"kind": kind, **rest})
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("409", 409, "RequestConflict"),
        ("429", 429, "TooManyRequests"),
        ("500", 500, "InternalServerError"),
        ("502", 502, "BadGateway"),
        ("503", 503, "ServiceUnavailable"),
        ("504", 504, "GatewayTimeout"),
        ("expired-token", 401, "ExpiredAuthenticationToken"),
    ],
)
def test_struck_call_is_refused_and_does_nothing(pretend: Pretend, kind: str, status: int, code: str) -> None:
    add(pretend, kind, route=WRITES)

    refused = pretend.deploy()

    assert (refused.status_code, get_code(refused)) == (status, code)
    assert pretend.get(f"{ACCOUNT}/deployments/bot").status_code == 404


def test_conflict_names_the_account(pretend: Pretend) -> None:
    add(pretend, "409", count=2)

    refused = [pretend.ask("PATCH", ACCOUNT, {"tags": {}}), pretend.deploy()]

    assert [f"parent resource '{ACCOUNT}'." in each.json()["error"]["message"] for each in refused] == [True, True]


def test_throttled_model_call_is_counted(pretend: Pretend) -> None:
    pretend.deploy()
    add(pretend, "429", route="*/chat/completions", seconds=0.25)

    refused = pretend.chat()

    assert (get_code(refused), refused.headers["retry-after-ms"]) == ("429", "250")
    assert [(each.calls, each.failed) for each in pretend.world.traffic.summarize()] == [(1, 1)]


def test_count_says_how_many_calls_are_struck(pretend: Pretend) -> None:
    add(pretend, "503", route=WRITES, count=2)

    codes = [pretend.deploy().status_code for _ in range(4)]

    assert codes == [503, 503, 201, 200]


def test_throttled_call_is_told_how_long_to_wait(pretend: Pretend) -> None:
    add(pretend, "429", seconds=7)

    headers = pretend.get(GROUP).headers

    assert (headers["Retry-After"], headers["retry-after-ms"]) == ("7", "7000")


def strike(pretend: Pretend, seed: int) -> list[int]:
    pretend.http.delete(ADDRESS)
    add(pretend, "503", share=0.4, seed=seed, route="GET *")
    return [pretend.get(GROUP).status_code for _ in range(60)]


def test_share_strikes_the_same_calls_for_the_same_seed(pretend: Pretend) -> None:
    first, again, other = strike(pretend, 1), strike(pretend, 1), strike(pretend, 2)

    assert first == again != other
    assert 12 <= first.count(503) <= 36


def test_other_routes_are_left_alone(pretend: Pretend) -> None:
    add(pretend, "500", route="DELETE */deployments/*")

    assert pretend.deploy().status_code == 201


def test_model_call_with_an_expired_token_is_refused_as_there(pretend: Pretend) -> None:
    pretend.deploy()
    add(pretend, "expired-token", route="*/chat/completions")

    refused = pretend.chat()

    assert refused.json()["statusCode"] == 401
    assert pretend.chat().status_code == 200


def test_operation_fails_though_it_was_accepted(pretend: Pretend) -> None:
    add(pretend, "operation-fails", route=WRITES)

    accepted = pretend.deploy()
    asked = pretend.http.get(
        accepted.headers["Azure-AsyncOperation"], headers={"Authorization": f"Bearer {pretend.get_token()}"}
    ).json()

    assert (asked["status"], asked["error"]["code"]) == ("Failed", "InternalServerError")
    assert pretend.get(f"{ACCOUNT}/deployments/bot").json()["properties"]["provisioningState"] == "Failed"


def test_failed_delete_says_so_where_its_result_is(pretend: Pretend) -> None:
    pretend.deploy()
    add(pretend, "operation-fails", route="DELETE */deployments/*")

    accepted = pretend.delete(f"{ACCOUNT}/deployments/bot")
    pretend.pass_seconds(1)
    asked = pretend.get(accepted.headers["Location"])

    assert (asked.status_code, get_code(asked)) == (409, "InternalServerError")
    assert pretend.get(f"{ACCOUNT}/deployments/bot").status_code == 200


def test_faults_tell_what_they_did_and_are_forgotten_one_by_one(pretend: Pretend) -> None:
    first = add(pretend, "500", route="GET *")
    add(pretend, "503", route=WRITES)
    pretend.get(GROUP)

    listed = pretend.http.get(ADDRESS).json()["faults"]
    pretend.http.delete(f"{ADDRESS}/{first['number']}")

    assert [(each["kind"], each["met"], each["struck"]) for each in listed] == [("500", 1, 1), ("503", 0, 0)]
    assert [each["kind"] for each in pretend.http.get(ADDRESS).json()["faults"]] == ["503"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "418"}, "kind is one of 409,"),
        ({"kind": "429", "count": 0}, "count is a whole number from 1"),
        ({"kind": "429", "count": 1.5}, "count is a whole number from 1"),
        ({"kind": "429", "share": 1.5}, "share is from 0 to 1"),
        ({"kind": "429", "share": 0.5, "count": 2}, "stands instead of a count"),
        ({"kind": "429", "share": 0.5, "seed": "today"}, "seed is a whole number"),
        ({"kind": "429", "route": 5}, "route is a method and a path"),
        ({"kind": "slow", "seconds": -1}, "seconds is from 0 to 3600"),
        ({"kind": "slow", "after": True}, "after goes with"),
        ({"kind": "slow", "minutes": 1}, "minutes: no such field"),
    ],
)
def test_fault_that_cannot_be_is_refused(pretend: Pretend, sent: dict[str, Any], said: str) -> None:
    refused = pretend.http.put(ADDRESS, json=sent)

    assert refused.status_code == 400
    assert said in refused.json()["error"]["message"]
    assert pretend.http.get(ADDRESS).json() == {"faults": []}
