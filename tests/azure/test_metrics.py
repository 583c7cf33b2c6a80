from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import httpx
import pytest
from azure.core.credentials import AccessTokenInfo

from ftdeploy.azure.endpoints import Cloud
from ftdeploy.azure.metric_answers import parse_calls
from ftdeploy.azure.metrics import open_metrics
from ftdeploy.domain.observations import CallHistory, Unmeasured
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.errors import ServiceRefused

ACCOUNT = AccountId(subscription="s", resource_group="g", name="contoso")
SINCE = datetime(2026, 10, 22, 10, tzinfo=UTC)
UNTIL = datetime(2026, 11, 21, 10, 34, 5, tzinfo=UTC)
TIMESPAN = "2026-10-22T10:00:00Z/2026-11-21T10:35:00Z"


class FakeCredential:
    """Always signed in."""

    async def get_token_info(self, *_scopes):
        return AccessTokenInfo("pretend", 1)


def build_series(name, *totals):
    data = [{"timeStamp": f"2026-11-{day:02}T08:00:00Z"} | point for day, point in enumerate(totals, start=1)]
    return {"metadatavalues": [{"name": {"value": "modeldeploymentname"}, "value": name}], "data": data}


def build_answer(*series, **metric):
    found = {"name": {"value": "AzureOpenAIRequests"}, "errorCode": "Success", "timeseries": list(series)}
    return {"timespan": TIMESPAN, "value": [found | metric]}


def parse(answer, top_series=1000):
    return parse_calls(answer, since=SINCE, top_series=top_series)


def count(reply):
    async def ask():
        transport = httpx.MockTransport(reply)
        async with open_metrics(
            Cloud(), FakeCredential(), connect=lambda: httpx.AsyncClient(transport=transport)
        ) as metrics:
            return await metrics.count_calls(ACCOUNT, since=SINCE, until=UNTIL)

    return asyncio.run(ask())


def test_query_names_metric_dimension_window_and_an_explicit_top():
    asked = []

    def reply(request):
        asked.append(request)
        return httpx.Response(200, json=build_answer())

    count(reply)

    assert asked[0].url.path == f"{ACCOUNT}/providers/Microsoft.Insights/metrics"
    assert dict(asked[0].url.params) == {
        "metricnames": "AzureOpenAIRequests",
        "metricnamespace": "Microsoft.CognitiveServices/accounts",
        "timespan": "2026-10-22T10:00:00Z/2026-11-21T10:35:05Z",
        "interval": "PT1H",
        "aggregation": "total",
        "$filter": "ModelDeploymentName eq '*'",
        "top": "1000",
        "api-version": "2024-02-01",
    }


def test_last_hour_with_a_call_is_the_last_call():
    calls = parse(build_answer(build_series("Bot", {"total": 3}, {"total": 1}, {"total": 0})))

    assert calls.get_history("bot") == CallHistory(since=SINCE, last_call_at=datetime(2026, 11, 2, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    "answer", [build_answer(), build_answer(build_series("bot", {"total": 0}))], ids=["no-series", "zeros"]
)
def test_no_call_in_a_whole_answer_is_a_real_zero(answer):
    assert parse(answer).get_history("bot") == CallHistory(since=SINCE, last_call_at=None)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"timespan": TIMESPAN, "value": []}, "Azure Monitor answered without the metric AzureOpenAIRequests"),
        (build_answer(errorCode="Timeout"), "Azure Monitor could not count AzureOpenAIRequests (Timeout)"),
        (
            build_answer(build_series("bot", {"total": 1}), errorCode="Timeout"),
            "Azure Monitor could not count AzureOpenAIRequests (Timeout)",
        ),
        (
            build_answer(build_series("bot", {}, {"total": None})),
            "Azure Monitor lists the deployment without any figure",
        ),
    ],
    ids=["no-metric", "failed", "failed-with-series", "no-figures"],
)
def test_what_is_not_known_is_never_zero(answer, reason):
    assert parse(answer).get_history("bot") == Unmeasured(reason=reason)


def test_list_cut_short_leaves_the_unlisted_unknown():
    calls = parse(build_answer(build_series("a", {"total": 1}), build_series("b", {"total": 0})), top_series=2)

    assert isinstance(calls.get_history("a"), CallHistory)
    assert calls.get_history("c") == Unmeasured(reason="Azure Monitor lists 2 deployments at most")


def test_shorter_timespan_than_asked_is_told():
    answer = build_answer() | {"timespan": "2026-11-20T00:00:00Z/2026-11-21T10:35:00Z"}

    assert parse(answer).since == datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (lambda _: httpx.Response(403, json={"error": {"code": "AuthorizationFailed"}}), "no role"),
        (lambda _: httpx.Response(400, json={"code": "BadRequest"}), "(400 BadRequest)"),
        (lambda _: httpx.Response(502, json=[]), "failed inside (502)"),
    ],
    ids=["no-role", "bad", "gateway"],
)
def test_refused_query_is_an_error(reply, said):
    with pytest.raises(ServiceRefused, match="count the calls of contoso") as caught:
        count(reply)

    assert said in str(caught.value)
