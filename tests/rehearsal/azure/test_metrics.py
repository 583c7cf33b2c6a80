"""Metrics of model calls, as an idle check asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ftdeploy.rehearsal.azure.clock import render_time
from tests.rehearsal.azure.pretend import Pretend, get_code, open_pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, READER, build_deployment, build_scenario

METRICS = f"{ACCOUNT}/providers/Microsoft.Insights/metrics"


@pytest.fixture
def visited(tmp_path: Path) -> Iterator[Pretend]:
    """`busy` was called 12 times three days ago and 5 times twenty days ago, `idle` never."""
    scenario = build_scenario()
    for name in ("busy", "idle"):
        entry = {"id": f"{ACCOUNT}/deployments/{name}", "body": build_deployment(), "createdDaysAgo": 40}
        scenario["resources"].append(entry)
    scenario["calls"] = [
        {"account": ACCOUNT, "deployment": "busy", "daysAgo": 3, "count": 12},
        {"account": ACCOUNT, "deployment": "busy", "daysAgo": 20, "count": 5},
    ]
    opened = open_pretend(tmp_path, scenario)
    yield opened
    opened.world.store.close()


def test_calls_of_fifteen_days_are_counted_by_hour(visited: Pretend) -> None:
    metric = _measure(visited, "ModelDeploymentName eq 'busy'", interval="PT1H")

    [series] = metric["timeseries"]
    assert series["metadatavalues"][0]["name"]["value"] == "modeldeploymentname"
    assert series["metadatavalues"][0]["value"] == "busy"
    assert len(series["data"]) == 15 * 24 + 1
    assert series["data"][0]["timeStamp"].endswith(":00:00.000000Z")
    assert sum(point["total"] for point in series["data"]) == 12.0


def test_deployment_without_calls_has_no_series(visited: Pretend) -> None:
    assert _measure(visited, "ModelDeploymentName eq 'idle'")["timeseries"] == []


def test_wider_window_holds_older_calls(visited: Pretend) -> None:
    [series] = _measure(visited, "ModelDeploymentName eq '*'", days=30, interval="FULL")["timeseries"]

    assert [point["total"] for point in series["data"]] == [17.0]


def test_new_call_is_counted_and_names_are_compared_without_case(visited: Pretend) -> None:
    visited.chat("idle")

    series = _measure(visited, "modeldeploymentname eq 'IDLE' or ModelDeploymentName eq 'busy'", interval="P1D")

    assert [each["metadatavalues"][0]["value"] for each in series["timeseries"]] == ["busy", "idle"]


def test_without_filter_there_is_one_series_for_all(visited: Pretend) -> None:
    visited.chat("idle")

    [series] = _measure(visited, "", interval="FULL")["timeseries"]

    assert (series["metadatavalues"], series["data"][0]["total"]) == ([], 13.0)


def test_top_limits_the_series_from_the_busiest_on(visited: Pretend) -> None:
    visited.chat("idle")

    [series] = _measure(visited, "ModelDeploymentName eq '*'", top=1)["timeseries"]

    assert series["metadatavalues"][0]["value"] == "busy"


def test_given_deployment_is_as_old_as_the_scenario_says(visited: Pretend) -> None:
    created = visited.get(f"{ACCOUNT}/deployments/idle").json()["systemData"]["createdAt"]

    assert created < render_time(visited.world.clock.now() - timedelta(days=39))


@pytest.mark.parametrize(
    "query",
    [
        "metricnames=TokenTransaction",
        "$filter=StatusCode eq '200'",
        "interval=PT7M",
        "timespan=P1D",
        "timespan=2026-01-02T00:00:00Z/2026-01-01T00:00:00Z",
        "top=all",
        "aggregation=average",
    ],
)
def test_what_is_not_emulated_is_refused(visited: Pretend, query: str) -> None:
    response = visited.get(f"{METRICS}?{query}")

    assert (response.status_code, get_code(response)) == (400, "BadRequest")


def test_reading_metrics_needs_a_role(visited: Pretend) -> None:
    assert visited.as_(READER).get(METRICS).status_code == 200


def _measure(pretend: Pretend, wanted: str, *, days: int = 15, **query: Any) -> dict[str, Any]:
    now = pretend.world.clock.now()
    span = f"{render_time(now - timedelta(days=days))}/{render_time(now)}"
    asked = {"metricnames": "AzureOpenAIRequests", "timespan": span, "interval": "PT1H", "aggregation": "total"}
    asked |= {"$filter": wanted, **query}
    text = "&".join(f"{key}={quote(str(value))}" for key, value in asked.items())
    [metric] = pretend.get(f"{METRICS}?{text}").json()["value"]
    return metric
