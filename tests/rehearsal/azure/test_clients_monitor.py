"""The real Monitor clients, synchronous and asynchronous: metrics, definitions, batches, the activity log."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity import ClientSecretCredential
from azure.identity.aio import ClientSecretCredential as AsyncCredential
from azure.mgmt.monitor import MonitorManagementClient
from azure.mgmt.monitor.aio import MonitorManagementClient as AsyncMonitor
from azure.monitor.querymetrics import MetricAggregationType, MetricsClient
from azure.monitor.querymetrics.aio import MetricsClient as AsyncMetrics

from tests.rehearsal.azure.processes import Emulator, start
from tests.rehearsal.azure.scenarios import (
    ACCOUNT,
    IDLE_ACCOUNT,
    PIPELINE,
    SECRET,
    SUBSCRIPTION,
    TENANT,
    build_deployment,
    build_scenario,
)

NAMESPACE = "Microsoft.CognitiveServices/accounts"
ENTRY = {"account": "contoso-dev", "deployment": "bot", "promptTokens": 10, "generatedTokens": 2}


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """`bot` and `old` exist; `bot` had 60 calls within the last hour; `old` goes in a day."""
    scenario = build_scenario()
    for name, days in (("bot", 2), ("old", 14)):
        body = build_deployment(capacity=5)
        scenario["resources"].append({"id": f"{ACCOUNT}/deployments/{name}", "body": body, "createdDaysAgo": days})
    running = start(tmp_path_factory.mktemp("azure"), scenario)
    begin = (datetime.now(UTC) - timedelta(minutes=30)).isoformat()
    with running.open_http() as http:
        http.put("/_rehearsal/traffic", json={**ENTRY, "calls": 60, "from": begin}).raise_for_status()
        http.put("/_rehearsal/clock", json={"advanceSeconds": 2 * 86_400}).raise_for_status()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def credential(emulator: Emulator) -> Iterator[ClientSecretCredential]:
    with ClientSecretCredential(
        TENANT,
        PIPELINE["clientId"],
        SECRET,
        authority=emulator.url,
        disable_instance_discovery=True,
        connection_verify=emulator.ca,
    ) as opened:
        yield opened


@pytest.fixture(scope="module")
def monitor(emulator: Emulator, credential: ClientSecretCredential) -> Iterator[MonitorManagementClient]:
    with MonitorManagementClient(
        credential, SUBSCRIPTION, base_url=emulator.url, connection_verify=emulator.ca
    ) as opened:
        yield opened


def now_there() -> datetime:
    return datetime.now(UTC) + timedelta(days=2)


def span(days: int = 3) -> str:
    return f"{now_there() - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}/{now_there():%Y-%m-%dT%H:%M:%SZ}"


def test_metrics_are_read(monitor: MonitorManagementClient) -> None:
    found = monitor.metrics.list(
        ACCOUNT,
        metricnames="AzureOpenAIRequests,TokenTransaction",
        timespan=span(),
        interval="P1D",
        aggregation="Total",
        filter="ModelDeploymentName eq '*'",
        top=100,
    )

    assert found.resourceregion == "swedencentral"
    assert [each.name.value for each in found.value] == ["AzureOpenAIRequests", "TokenTransaction"]
    totals = [sum(point.total for point in each.timeseries[0].data) for each in found.value]
    assert totals == [60.0, 720.0]


def test_refusal_says_code_and_message(monitor: MonitorManagementClient) -> None:
    with pytest.raises(HttpResponseError, match="Failed to find metric configuration") as refused:
        monitor.metrics.list(ACCOUNT, metricnames="Nothing")

    assert refused.value.status_code == 400


def test_definitions_are_read(monitor: MonitorManagementClient) -> None:
    found = {each.name.value: each for each in monitor.metric_definitions.list(ACCOUNT)}

    requests = found["AzureOpenAIRequests"]
    assert (requests.unit, requests.primary_aggregation_type) == ("Count", "Total")
    assert "IsSpillover" in [each.value for each in requests.dimensions]
    assert requests.metric_availabilities[0].retention == timedelta(days=93)


def test_activity_log_tells_azure_and_people_apart(emulator: Emulator, monitor: MonitorManagementClient) -> None:
    with emulator.open_http() as http:
        http.put("/_rehearsal/settings", json={"pageSize": 1}).raise_for_status()
    with pytest.raises(HttpResponseError):
        list(monitor.activity_logs.list(filter="eventTimestamp ge 'never'"))
    start_of = now_there() - timedelta(days=3)

    events = list(monitor.activity_logs.list(filter=f"eventTimestamp ge '{start_of.isoformat()}'"))

    [gone] = [each for each in events if each.caller == "Microsoft.CognitiveServices"]
    assert gone.resource_id == f"{ACCOUNT}/deployments/old"
    assert gone.operation_name.value == "Microsoft.CognitiveServices/accounts/deployments/delete"


def test_alert_and_action_group_live_and_die(monitor: MonitorManagementClient) -> None:
    place = {"resource_group_name": "rg-dev"}
    receiver = {"name": "team", "emailAddress": "team@contoso.example"}
    group = {
        "location": "global",
        "properties": {"groupShortName": "team", "enabled": True, "emailReceivers": [receiver]},
    }
    condition = {
        "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        "allOf": [
            {
                "criterionType": "StaticThresholdCriterion",
                "name": "full",
                "metricName": "AzureOpenAIProvisionedManagedUtilizationV2",
                "operator": "GreaterThan",
                "threshold": 90,
                "timeAggregation": "Average",
            }
        ],
    }
    properties = {
        "severity": 2,
        "enabled": True,
        "scopes": [ACCOUNT],
        "evaluationFrequency": "PT5M",
        "windowSize": "PT15M",
        "criteria": condition,
    }

    made = monitor.action_groups.create_or_update(**place, action_group_name="team", action_group=group)
    alert = {"location": "global", "properties": {**properties, "actions": [{"actionGroupId": made.id}]}}
    monitor.metric_alerts.create_or_update(**place, rule_name="full", parameters=alert)
    [listed] = monitor.metric_alerts.list_by_resource_group(**place)
    monitor.metric_alerts.delete(**place, rule_name="full")

    assert (listed.name, listed.severity, listed.actions[0].action_group_id) == ("full", 2, made.id)
    with pytest.raises(ResourceNotFoundError):
        monitor.metric_alerts.get(**place, rule_name="full")


def open_metrics(emulator: Emulator, credential: ClientSecretCredential, region: str) -> MetricsClient:
    return MetricsClient(f"{emulator.url}/metrics/{region}", credential, connection_verify=emulator.ca)


def test_batch_is_read(emulator: Emulator, credential: ClientSecretCredential) -> None:
    with open_metrics(emulator, credential, "swedencentral") as client:
        busy, idle = client.query_resources(
            resource_ids=[ACCOUNT, IDLE_ACCOUNT],
            metric_namespace=NAMESPACE,
            metric_names=["AzureOpenAIRequests"],
            timespan=(now_there() - timedelta(days=3), now_there()),
            granularity=timedelta(hours=1),
            aggregations=[MetricAggregationType.TOTAL],
            filter="ModelDeploymentName eq '*'",
            max_results=100,
        )

    [series] = busy.metrics[0].timeseries
    assert series.metadata_values == {"modeldeploymentname": "bot"}
    assert sum(point.total for point in series.data) == 60.0
    assert idle.metrics[0].timeseries == []


def test_batch_of_another_region_is_refused(emulator: Emulator, credential: ClientSecretCredential) -> None:
    with (
        open_metrics(emulator, credential, "eastus2") as client,
        pytest.raises(HttpResponseError, match="not in eastus2"),
    ):
        client.query_resources(resource_ids=[ACCOUNT], metric_namespace=NAMESPACE, metric_names=["TotalTokens"])


async def _read(emulator: Emulator) -> tuple[float, int, int, int]:
    options = {"connection_verify": emulator.ca}
    async with (
        AsyncCredential(TENANT, PIPELINE["clientId"], SECRET, authority=emulator.url, **options) as credential,
        AsyncMonitor(credential, SUBSCRIPTION, base_url=emulator.url, **options) as monitor,
        AsyncMetrics(f"{emulator.url}/metrics/swedencentral", credential, **options) as metrics,
    ):
        found = await monitor.metrics.list(
            ACCOUNT, metricnames="TotalTokens", timespan=span(), interval="P1D", aggregation="Total"
        )
        total = sum(point.total for point in found.value[0].timeseries[0].data)
        definitions = [each async for each in monitor.metric_definitions.list(ACCOUNT)]
        start_of = (now_there() - timedelta(days=3)).isoformat()
        wanted = f"eventTimestamp ge '{start_of}' and resourceGroupName eq 'rg-dev'"
        events = [each async for each in monitor.activity_logs.list(filter=wanted)]
        batch = await metrics.query_resources(
            resource_ids=[ACCOUNT, IDLE_ACCOUNT], metric_namespace=NAMESPACE, metric_names=["TotalTokens"]
        )
    return total, len(definitions), len(events), len(batch)


def test_asynchronous_clients_work(emulator: Emulator) -> None:
    total, definitions, events, batch = asyncio.run(_read(emulator))

    assert (total, definitions, batch) == (720.0, 38, 2)
    assert events >= 1
