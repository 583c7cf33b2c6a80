"""Calls that nobody made: poured in, summed up, and seen by metrics and the idle rule."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdeploy.rehearsal.azure.clock import parse_time, render_time
from ftdeploy.rehearsal.azure.pouring import spread
from ftdeploy.rehearsal.azure.scenario import BadScenario
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, build_deployment, build_scenario

BEGIN = parse_time("2026-01-01T00:00:00Z")


def pour(pretend: Pretend, **traffic: Any) -> httpx.Response:
    sent = {"account": "contoso-dev", "deployment": "bot", **traffic}
    return pretend.http.put("/_rehearsal/traffic", json=sent)


def measure(pretend: Pretend, metric: str, days: float, interval: str = "FULL") -> list[float]:
    now = pretend.world.clock.now()
    span = quote(f"{render_time(now - timedelta(days=days))}/{render_time(now + timedelta(seconds=1))}")
    query = f"metricnames={metric}&timespan={span}&interval={interval}&aggregation=total"
    [found] = pretend.get(f"{ACCOUNT}/providers/Microsoft.Insights/metrics?{query}").json()["value"]
    return [point["total"] for series in found["timeseries"] for point in series["data"]]


def test_calls_are_spread_evenly(pretend: Pretend) -> None:
    pretend.deploy()
    now = pretend.world.clock.now()

    answer = pour(pretend, calls=240, **{"from": render_time(now - timedelta(hours=24)), "promptTokens": 7})

    assert answer.json() == {"calls": 240}
    assert set(measure(pretend, "AzureOpenAIRequests", 0.9, "PT1H")[:-1]) == {10.0}
    assert sum(measure(pretend, "ProcessedPromptTokens", 2)) == 1680.0


def test_calls_come_again_and_again(pretend: Pretend) -> None:
    pretend.deploy()
    begin = render_time(pretend.world.clock.now() - timedelta(hours=1))

    answer = pour(pretend, calls=2, everySeconds=30, **{"from": begin})

    assert answer.json() == {"calls": 242}


def test_list_is_poured_whole_or_not_at_all(pretend: Pretend) -> None:
    pretend.deploy()
    good = {"account": ACCOUNT, "deployment": "bot", "calls": 3}

    refused = pretend.http.put("/_rehearsal/traffic", json=[good, {**good, "deployment": "none"}])
    nothing = pretend.http.get("/_rehearsal/traffic").json()
    done = pretend.http.put("/_rehearsal/traffic", json=[good, {**good, "status": 429, "promptTokens": 5}])

    [sums] = pretend.http.get("/_rehearsal/traffic").json()["deployments"]
    assert (refused.status_code, nothing, done.json()) == (400, {"deployments": []}, {"calls": 6})
    assert (sums["deployment"], sums["calls"], sums["failed"], sums["tokens"]) == ("bot", 6, 3, 15)


def build_visited(tmp_path: Path, **calls: Any) -> Pretend:
    scenario = build_scenario()
    scenario["resources"].append({"id": f"{ACCOUNT}/deployments/bot", "body": build_deployment(), "createdDaysAgo": 40})
    scenario["calls"] = [{"account": "contoso-dev", "deployment": "bot", "promptTokens": 4, **calls}]
    return open_pretend(tmp_path, scenario)


def test_scenario_pours_too(tmp_path: Path) -> None:
    visited = build_visited(tmp_path, calls=3)

    assert sum(measure(visited, "ProcessedPromptTokens", 1)) == 12.0


def test_scenario_with_calls_that_cannot_have_been_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadScenario, match="calls: calls is a whole number from 1"):
        build_visited(tmp_path, calls=0)


def test_poured_calls_keep_a_deployment(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.deploy("silent")
    pretend.pass_seconds(10 * 86_400)
    pour(pretend, calls=1)

    pretend.pass_seconds(10 * 86_400)

    left = [each["id"] for each in pretend.http.get("/_rehearsal/resources").json()["resources"]]
    assert f"{ACCOUNT}/deployments/bot" in left
    assert f"{ACCOUNT}/deployments/silent" not in left


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("account", "none", "there is no account none; there are"),
        ("deployment", "none", "contoso-dev has no deployment none; it has bot"),
        ("deployment", 3, "deployment is a name"),
        ("calls", 0, "calls is a whole number from 1"),
        ("cachedTokens", 1, "cachedTokens is a whole number from 0 to 0"),
        ("status", True, "status is a whole number from 100 to 599"),
        ("everySeconds", 0, "everySeconds is a number from 0.001"),
        ("stream", "yes", "stream is true or false"),
        ("operation", "images", "operation is one of"),
        ("from", "yesterday", "from is a moment in time"),
        ("to", "2999-01-01", "to not after now"),
        ("count", 3, "count: no such field; traffic has account, deployment, calls"),
    ],
)
def test_calls_that_cannot_have_been_are_refused(pretend: Pretend, field: str, value: object, said: str) -> None:
    pretend.deploy()

    answer = pour(pretend, **{field: value})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "BadTraffic")
    assert said in answer.json()["error"]["message"]


def test_what_is_no_object_is_refused(pretend: Pretend) -> None:
    numbers = pretend.http.put("/_rehearsal/traffic", json=[3])
    torn = pretend.http.put("/_rehearsal/traffic", content="{")

    assert (numbers.json()["error"]["code"], torn.json()["error"]["code"]) == ("BadTraffic", "InvalidRequestContent")


@given(calls=st.integers(1, 10**7), minutes=st.floats(0, 300))
def test_no_call_is_lost_or_outside_the_span(calls: int, minutes: float) -> None:
    end = BEGIN + timedelta(minutes=minutes)

    rows = list(spread(BEGIN, end, calls=calls, every_seconds=0))

    assert sum(count for _, count in rows) == calls
    assert all(count > 0 and BEGIN <= at <= end for at, count in rows)
    assert len(rows) <= minutes + 1
