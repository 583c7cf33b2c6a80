"""Checks of monitor's behaviours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.monitor.batch import AUDIENCE
from ftdeploy.rehearsal.azure.traffic import Traffic
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP, SUBSCRIPTION


def check_default_top(pretend: Pretend) -> None:
    pretend.world.settings.put("fineTunedDeploymentsPerAccount", 32)
    for number in range(11):
        pretend.deploy(f"bot-{number}", capacity=1)
        pretend.chat(f"bot-{number}")
    query = "metricnames=AzureOpenAIRequests&$filter=ModelDeploymentName eq '*'&interval=FULL"
    found = pretend.get(f"{ACCOUNT}/providers/Microsoft.Insights/metrics?{query}").json()
    assert len(found["value"][0]["timeseries"]) == 10


def check_retention(pretend: Pretend) -> None:
    now = pretend.world.clock.now()
    old = Traffic(account=ACCOUNT.lower(), deployment="bot", at=now - timedelta(days=100))
    pretend.world.traffic.keep(old)
    query = f"metricnames=AzureOpenAIRequests&timespan={render_time(now - timedelta(days=110))}/{render_time(now)}"
    found = pretend.get(f"{ACCOUNT}/providers/Microsoft.Insights/metrics?{query}&interval=P1D").json()
    assert found["value"][0]["timeseries"] == []


def ask_batch(
    pretend: Pretend, ids: list[str], *, region: str = "swedencentral", audience: str = AUDIENCE
) -> httpx.Response:
    query = "metricnamespace=Microsoft.CognitiveServices/accounts&metricnames=AzureOpenAIRequests"
    address = f"/metrics/{region}/subscriptions/{SUBSCRIPTION}/metrics:getBatch?{query}&api-version=2024-02-01"
    headers = {"Authorization": f"Bearer {pretend.get_token(audience)}"}
    return pretend.http.post(address, json={"resourceids": ids}, headers=headers)


def check_batch_size(pretend: Pretend) -> None:
    assert len(ask_batch(pretend, [ACCOUNT] * 50).json()["values"]) == 50
    assert get_code(ask_batch(pretend, [ACCOUNT] * 51)) == "BadRequest"


def check_batch_region(pretend: Pretend) -> None:
    assert get_code(ask_batch(pretend, [ACCOUNT], region="eastus2")) == "BadRequest"


def check_batch_audience(pretend: Pretend) -> None:
    answer = ask_batch(pretend, [ACCOUNT], audience="https://management.azure.com")
    assert get_code(answer) == "InvalidAuthenticationTokenAudience"


def check_activity_retention(pretend: Pretend) -> None:
    start = render_time(pretend.world.clock.now() - timedelta(days=91))
    query = f"$filter=eventTimestamp ge '{start}'"
    answer = pretend.get(
        f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Insights/eventtypes/management/values?{query}"
    )
    assert answer.status_code == 400


def measure(pretend: Pretend, query: str = "aggregation=total") -> list[dict[str, Any]]:
    """The points of all calls of the last hour, by minute."""
    found = pretend.get(f"{ACCOUNT}/providers/Microsoft.Insights/metrics?metricnames=AzureOpenAIRequests&{query}")
    assert found.status_code == 200, found.text
    return [point for series in found.json()["value"][0]["timeseries"] for point in series["data"]]


def check_counted(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.chat()
    assert sum(point["total"] for point in measure(pretend)) == 1


def check_whole_intervals(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.chat()
    points = measure(pretend, "interval=PT1H")
    assert {point["timeStamp"].partition(":")[2] for point in points} == {"00:00Z"}


def check_other_aggregations(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.chat()
    assert "total" not in measure(pretend, "aggregation=Maximum")[0]


def check_silent_intervals(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.chat()
    totals = [point.get("total") for point in measure(pretend, "interval=PT1M")]
    assert sorted(totals, key=float)[-2:] == [0, 1]


def check_caller(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.pass_seconds(16 * 86_400)
    pretend._tokens.clear()
    since = render_time(pretend.world.clock.now() - timedelta(days=10))
    place = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Insights/eventtypes/management/values"
    found = pretend.get(f"{place}?$filter=eventTimestamp ge '{since}'")
    assert found.status_code == 200
    assert [each["caller"] for each in found.json()["value"]] == ["Microsoft.CognitiveServices"]


def check_new_alert(pretend: Pretend) -> None:
    body = {"location": "global", "properties": {"severity": 3}}
    assert (
        pretend.put(f"{GROUP}/providers/Microsoft.Insights/metricAlerts/full?api-version=2018-03-01", body).status_code
        == 200
    )


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "activity-log-goes-back-90-days": check_activity_retention,
    "azure-is-its-own-caller": check_caller,
    "batch-has-its-own-audience": check_batch_audience,
    "batch-is-of-one-region": check_batch_region,
    "batch-takes-50-resources": check_batch_size,
    "calls-are-counted-at-once": check_counted,
    "intervals-without-calls-count-0": check_silent_intervals,
    "metrics-are-kept-93-days": check_retention,
    "metrics-in-whole-intervals": check_whole_intervals,
    "metrics-lack-other-aggregations": check_other_aggregations,
    "metrics-top-is-10": check_default_top,
    "new-alerts-are-answered-200": check_new_alert,
}
