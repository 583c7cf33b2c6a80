"""Metrics of model calls, as an idle check asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.traffic import Traffic
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP, READER, SUBSCRIPTION, build_deployment, build_scenario

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
    assert series["data"][0]["timeStamp"].endswith(":00:00Z")
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
    ("query", "said"),
    [
        ("metricnames=Nothing", "Failed to find metric configuration for provider: Microsoft.CognitiveServices"),
        ("$filter=ModelNam eq '*'", "does not support requested dimension combination: modelnam, supported ones are:"),
        ("$filter=StatusCode eq '200' or Region eq '*'", "'or' cannot separate two different dimension names"),
        ("$filter=StatusCode is '200'", "Invalid filter"),
        ("$filter=StatusCode eq '200' and", "Invalid filter"),
        ("interval=PT7M", "Invalid time grain duration: PT7M, supported ones are: 00:01:00,00:05:00"),
        ("timespan=P1W", "Invalid timespan"),
        ("timespan=2026-01-02T00:00:00Z/2026-01-01T00:00:00Z", "its start is not before its end"),
        ("timespan=2001-01-01T00:00:00Z/2001-01-02T00:00:00Z", "from when on metrics are kept"),
        ("top=all", "not a whole number"),
        ("aggregation=mean", "Invalid aggregation 'mean'"),
        ("orderby=best", "Invalid orderby"),
        ("metricnamespace=Microsoft.Web/sites", "is not a supported platform metric namespace"),
        (f"metricnames={','.join(['TotalCalls'] * 21)}", "exceeds the limit of 20"),
    ],
)
def test_bad_query_is_refused_without_an_envelope(visited: Pretend, query: str, said: str) -> None:
    response = visited.get(f"{METRICS}?{query}")

    assert (response.status_code, response.json()["code"]) == (400, "BadRequest")
    assert said in response.json()["message"]


def test_status_and_deployment_split_the_calls(visited: Pretend) -> None:
    keep(visited, count=3)
    keep(visited, count=2, status=429)

    metric = _measure(visited, "(ModelDeploymentName eq 'new') and StatusCode eq '*'", interval="FULL")

    assert [_get_values(each) for each in metric["timeseries"]] == [
        {"modeldeploymentname": "new", "statuscode": "200"},
        {"modeldeploymentname": "new", "statuscode": "429"},
    ]
    assert [each["data"][0]["total"] for each in metric["timeseries"]] == [3.0, 2.0]


@pytest.mark.parametrize(
    ("wanted", "total"),
    [("StatusCode ne '200'", 2.0), ("StatusCode sw '4'", 2.0), ("StreamType eq 'streaming'", 1.0)],
)
def test_calls_are_chosen_by_what_they_are(visited: Pretend, wanted: str, total: float) -> None:
    keep(visited, count=2, status=429)
    keep(visited, is_stream=True)

    [series] = _measure(visited, wanted, interval="FULL")["timeseries"]

    assert series["data"][0]["total"] == total


def test_dimension_that_is_rolled_up_is_not_told_apart(visited: Pretend) -> None:
    wanted = "ModelDeploymentName eq '*' and StatusCode eq '*'"
    keep(visited, count=2, status=429)

    [series] = _measure(visited, wanted, interval="FULL", rollupby="ModelDeploymentName,StatusCode")["timeseries"]

    assert (series["metadatavalues"], series["data"][0]["total"]) == ([], 14.0)


@pytest.mark.parametrize(
    ("name", "aggregation", "figure"),
    [
        ("ProcessedPromptTokens", "total", 100.0),
        ("GeneratedTokens", "total", 20.0),
        ("TokenTransaction", "total", 120.0),
        ("TotalTokens", "total", 120.0),
        ("ActiveTokens", "maximum", 11.875),
        ("AzureOpenAIProvisionedManagedUtilizationV2", "average", 50.0),
        ("AzureOpenAIContextTokensCacheMatchRate", "average", 25.0),
        ("AzureOpenAIAvailabilityRate", "average", 80.0),
        ("ModelRequests", "total", 10.0),
        ("SuccessfulCalls", "total", 8.0),
        ("ServerErrors", "total", 2.0),
        ("TimeToResponse", "average", 400.0),
        ("AzureOpenAITTLTInMS", "average", 450.0),
        ("RAITotalRequests", "total", 8.0),
    ],
)
def test_metric_is_what_its_calls_made(visited: Pretend, name: str, aggregation: str, figure: float) -> None:
    keep(visited, count=8, prompt_tokens=100, cached_tokens=25, generated_tokens=20, ptu=50, utilization_percent=50.0)
    keep(visited, count=2, status=500)

    metric = _measure(visited, "", days=1, metricnames=name, aggregation=aggregation, interval="FULL")

    assert metric["timeseries"][0]["data"][0][aggregation] == pytest.approx(figure)


def test_interval_without_calls_has_no_average(visited: Pretend) -> None:
    keep(visited, ptu=50, utilization_percent=50.0)

    asked = {"metricnames": "ProvisionedUtilization", "aggregation": "average,total", "interval": "PT12H"}
    [series] = _measure(visited, "", **asked)["timeseries"]

    figures = [sorted(set(each) - {"timeStamp"}) for each in series["data"]]
    assert figures == [[]] * (len(figures) - 1) + [["average"]]


def test_times_of_token_deployments_are_counted_when_set(visited: Pretend) -> None:
    keep(visited)
    before = _measure(visited, "", metricnames="TimeToResponse")["timeseries"]

    visited.world.settings.put("timesOfTokenDeployments", True)

    assert (before, len(_measure(visited, "", metricnames="TimeToResponse")["timeseries"])) == ([], 1)


def test_call_shows_after_the_delay(visited: Pretend) -> None:
    visited.world.settings.put("metricsDelaySeconds", 180)
    keep(visited)
    before = _measure(visited, "ModelDeploymentName eq 'new'")["timeseries"]

    visited.pass_seconds(181)

    assert (before, len(_measure(visited, "ModelDeploymentName eq 'new'")["timeseries"])) == ([], 1)


def test_timespan_may_be_encoded_twice(visited: Pretend) -> None:
    now = visited.world.clock.now()
    span = quote(f"{render_time(now - timedelta(days=4))}/{render_time(now)}", safe="")

    [series] = _measure(visited, "", timespan=span, interval="P1D")["timeseries"]

    assert sum(each["total"] for each in series["data"]) == 12.0


def test_interval_is_adjusted_when_asked(visited: Pretend) -> None:
    now = visited.world.clock.now()
    query = f"timespan={render_time(now - timedelta(days=1))}/{render_time(now)}&interval=PT2H"

    assert visited.get(f"{METRICS}?{query}&AutoAdjustTimegrain=true").json()["interval"] == "PT6H"


def test_metadata_alone_has_no_figures(visited: Pretend) -> None:
    [series] = _measure(visited, "ModelDeploymentName eq '*'", resultType="Metadata")["timeseries"]

    assert list(series) == ["metadatavalues"]


def test_least_comes_first_when_asked(visited: Pretend) -> None:
    keep(visited)

    metric = _measure(visited, "ModelDeploymentName eq '*'", orderby="sum asc")

    assert [_get_values(each)["modeldeploymentname"] for each in metric["timeseries"]] == ["new", "busy"]


def test_value_that_no_call_has_is_empty(visited: Pretend) -> None:
    keep(visited)

    asked = {"metricnames": "TokenTransaction", "interval": "FULL"}
    [series] = _measure(visited, "FeatureName eq '*'", **asked)["timeseries"]

    assert _get_values(series) == {"featurename": "__Empty"}


def test_hours_of_training_are_counted(visited: Pretend) -> None:
    now = visited.world.clock.now()
    visited.world.traffic.keep_training(ACCOUNT, now - timedelta(days=2), 1.5, region="swedencentral")

    asked = {"metricnames": "FineTunedTrainingHours", "interval": "FULL"}
    [series] = _measure(visited, "Region eq '*'", **asked)["timeseries"]

    assert (_get_values(series), series["data"][0]["total"]) == ({"region": "swedencentral"}, 1.5)


def test_every_defined_metric_is_answered(visited: Pretend) -> None:
    keep(visited)
    found = visited.get(f"{ACCOUNT}/providers/Microsoft.Insights/metricDefinitions").json()["value"]

    for each in found:
        splits = " and ".join(f"{dimension['value']} eq '*'" for dimension in each["dimensions"])
        metric = _measure(visited, splits, metricnames=each["name"]["value"], interval="FULL")
        assert (metric["unit"], metric["name"]) == (each["unit"], each["name"])
    assert len(found) == 38


def test_namespace_is_that_of_accounts(visited: Pretend) -> None:
    [found] = visited.get(f"{ACCOUNT}/providers/Microsoft.Insights/metricNamespaces").json()["value"]

    assert found["properties"] == {"metricNamespaceName": "Microsoft.CognitiveServices/accounts"}


@pytest.mark.parametrize(
    ("scope", "code"),
    [(f"/subscriptions/{SUBSCRIPTION}", "NotEmulated"), (GROUP, "BadRequest"), (f"{ACCOUNT}-none", "ResourceNotFound")],
)
def test_metrics_are_of_an_account(visited: Pretend, scope: str, code: str) -> None:
    answer = visited.get(f"{scope}/providers/Microsoft.Insights/metrics").json()

    assert answer.get("error", answer)["code"] == code


def test_reading_metrics_needs_a_role(visited: Pretend) -> None:
    assert visited.as_(READER).get(METRICS).status_code == 200


def keep(pretend: Pretend, **calls: Any) -> None:
    """Calls of the deployment `new`, a minute ago."""
    at = pretend.world.clock.now() - timedelta(seconds=60)
    with pretend.world.store.transaction():
        pretend.world.traffic.keep(Traffic(account=ACCOUNT.lower(), deployment="new", at=at, **calls))


def _get_values(series: dict[str, Any]) -> dict[str, str]:
    return {each["name"]["value"]: each["value"] for each in series["metadatavalues"]}


@pytest.mark.parametrize("span", ["P5D", "PT432000.0S", "{start}/P5D", "P5D/{end}"])
def test_timespan_may_be_a_duration(visited: Pretend, span: str) -> None:
    now = visited.world.clock.now()
    text = span.format(start=render_time(now - timedelta(days=5)), end=render_time(now))

    [series] = _measure(visited, "ModelDeploymentName eq '*'", timespan=text, interval="PT3600.0S")["timeseries"]

    assert sum(point["total"] for point in series["data"]) == 12.0


def _measure(pretend: Pretend, wanted: str, *, days: int = 15, **query: Any) -> dict[str, Any]:
    now = pretend.world.clock.now()
    span = f"{render_time(now - timedelta(days=days))}/{render_time(now)}"
    asked = {"metricnames": "AzureOpenAIRequests", "timespan": span, "interval": "PT1H", "aggregation": "total"}
    asked |= {"$filter": wanted, **query}
    text = "&".join(f"{key}={quote(str(value))}" for key, value in asked.items())
    [metric] = pretend.get(f"{METRICS}?{text}").json()["value"]
    return metric
