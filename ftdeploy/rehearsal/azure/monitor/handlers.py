"""Metrics of an account's model calls: `AzureOpenAIRequests` by deployment.

Not emulated: every other metric and dimension, other aggregations than the total, rollups, the batch API, the three
minutes until a call shows, the 93 days after which it is forgotten.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.monitor import errors
from ftdeploy.rehearsal.azure.monitor.models import (
    DEFAULT_TOP,
    DIMENSION,
    METRIC,
    WITHOUT_TOP,
    Query,
    Series,
    measure,
    read_query,
)
from ftdeploy.rehearsal.azure.resources import Resource


def list_metrics(call: Call, path: ArmPath) -> Reply:
    """How many calls the deployments of an account answered."""
    account = call.world.resources.find(path.parent)
    if account is None or account.path.type_key != "microsoft.cognitiveservices/accounts":
        raise errors.bad_request(f"The rehearsal has no metrics of '{path.parent}'")
    if call.query.get("aggregation", "total").lower() not in ("total", ""):
        raise errors.bad_request(
            f"The rehearsal does not emulate the aggregation '{call.query['aggregation']}', only total"
        )
    call.leans_on("calls-are-counted-at-once")
    call.leans_on("metrics-in-whole-intervals")
    default_top = DEFAULT_TOP if call.leans_on("metrics-top-is-10") else WITHOUT_TOP
    query = read_query(call.query, call.world.clock.now(), default_top=default_top)
    return Reply(body=_render(account, query, measure(call.world, account.key, query)))


def _render(account: Resource, query: Query, found: list[Series]) -> Json:
    metric = {
        "id": f"{account.id}/providers/Microsoft.Insights/metrics/{METRIC}",
        "type": "Microsoft.Insights/metrics",
        "name": {"value": METRIC, "localizedValue": "Azure OpenAI Requests"},
        "unit": "Count",
        "timeseries": [_render_series(each) for each in found],
        "errorCode": "Success",
    }
    return {
        "cost": 0,
        "timespan": f"{render_time(query.start)}/{render_time(query.end)}",
        "interval": query.interval,
        "value": [metric],
        "namespace": "Microsoft.CognitiveServices/accounts",
        "resourceregion": account.location,
    }


def _render_series(series: Series) -> Json:
    name = {"value": DIMENSION.lower(), "localizedValue": DIMENSION.lower()}
    values = [] if series.deployment is None else [{"name": name, "value": series.deployment}]
    data = [{"timeStamp": render_time(moment), "total": float(count)} for moment, count in series.points]
    return {"metadatavalues": values, "data": data}
