"""Metrics of an account's model calls: their figures, their definitions, their namespace.

Not emulated: baselines, thresholds, metrics of other types than accounts, and of a whole subscription at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import not_emulated
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.monitor import errors
from ftdeploy.rehearsal.azure.monitor.catalog import NAMESPACE, Metric, list_metrics
from ftdeploy.rehearsal.azure.monitor.models import Figures, Series, measure
from ftdeploy.rehearsal.azure.monitor.query import INTERVALS, Query, read_query, render_second
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.traffic import Span

_DEFAULT_TOP = 10
_WITHOUT_TOP = 2**31 - 1
_RETENTION = "P93D"


def get_metrics(call: Call, path: ArmPath) -> Reply:
    """Figures of some metrics."""
    account = _get_account(call, path)
    query = read_metrics_query(call, call.query)
    span = f"{render_second(query.span.start)}/{render_second(query.span.end)}"
    return Reply(body={"timespan": span, **render_answer(call, account, query)})


def list_definitions(call: Call, path: ArmPath) -> Reply:
    """Every metric with its unit, aggregations, dimensions and intervals."""
    account = _get_account(call, path)
    return Reply(body={"value": [_render_definition(account, each) for each in list_metrics()]})


def list_namespaces(call: Call, path: ArmPath) -> Reply:
    """The one namespace of platform metrics."""
    account = _get_account(call, path)
    kind, name = "Microsoft.Insights/metricNamespaces", NAMESPACE.replace("/", "-")
    entry = {"id": f"{account.id}/providers/{kind}/{name}", "type": kind, "name": name}
    body = {**entry, "classification": "Platform", "properties": {"metricNamespaceName": NAMESPACE}}
    return Reply(body={"value": [body]})


def read_metrics_query(call: Call, query: Mapping[str, str]) -> Query:
    """What is asked, within what Azure still keeps and already shows.

    Raises:
        Refusal: 400; as `read_query`.
    """
    call.needs("calls-are-counted-at-once")
    call.needs("metrics-in-whole-intervals")
    default_top = _DEFAULT_TOP if call.leans_on("metrics-top-is-10") else _WITHOUT_TOP
    now = call.world.clock.now()
    found = read_query(query, now, default_top=default_top)
    oldest = now - timedelta(days=call.world.settings.get_count("metricsKeptDays"))
    if found.span.start >= oldest or not call.leans_on("metrics-are-kept-93-days"):
        return found
    if found.span.end <= oldest:
        raise errors.bad_request(f"The timespan ends before {render_second(oldest)}, from when on metrics are kept")
    return replace(found, span=_cut(found, oldest))


def _cut(query: Query, oldest: datetime) -> Span:
    """From the first interval on that is kept as a whole."""
    span = query.span
    if query.interval.upper() == "FULL":
        return replace(span, start=oldest, length=span.end - oldest)
    return replace(span, start=span.start - (span.start - oldest) // span.length * span.length)


def render_answer(call: Call, account: Resource, query: Query) -> Json:
    """The figures of one account, without the timespan, which the two APIs write differently."""
    call.needs("metrics-lack-other-aggregations")
    call.needs("intervals-without-calls-count-0")
    return {
        "cost": 0,
        "interval": query.interval,
        "value": [
            _render_metric(account, each, measure(call.world, account.key, each, query), query)
            for each in query.metrics
        ],
        "namespace": NAMESPACE,
        "resourceregion": account.location,
    }


def _get_account(call: Call, path: ArmPath) -> Resource:
    account = call.world.resources.find(path.parent)
    if not parse_arm_path(path.parent).group:
        raise not_emulated("metrics of a whole subscription")
    if account is None or account.path.type_key != NAMESPACE.lower():
        raise errors.unknown_namespace(account.type if account else path.parent, NAMESPACE)
    return account


def _render_metric(account: Resource, metric: Metric, series: list[Series], query: Query) -> Json:
    return {
        "id": f"{account.id}/providers/Microsoft.Insights/metrics/{metric.name}",
        "type": "Microsoft.Insights/metrics",
        "name": {"value": metric.name, "localizedValue": metric.title},
        "displayDescription": metric.title,
        "unit": metric.unit,
        "timeseries": [_render_series(metric, each, query) for each in series],
        "errorCode": "Success",
    }


def _render_series(metric: Metric, series: Series, query: Query) -> Json:
    values = [
        {"name": {"value": name, "localizedValue": name}, "value": value} for name, value in series.values.items()
    ]
    if not query.has_data:
        return {"metadatavalues": values}
    wanted = [each for each in query.aggregations or metric.aggregations[:1] if each in metric.aggregations]
    data = []
    for place in range((query.span.end - query.span.start) // query.span.length):
        begin = query.span.start + place * query.span.length
        data.append({"timeStamp": render_second(begin), **_render_point(metric, series.by_place.get(place), wanted)})
    return {"metadatavalues": values, "data": data}


def _render_point(metric: Metric, figures: Figures | None, wanted: list[str]) -> Json:
    """An interval without calls counts 0, and has no average."""
    if figures is None and not metric.is_counted:
        return {}
    return {each.lower(): (figures or Figures()).get(each) for each in wanted}


def _render_definition(account: Resource, metric: Metric) -> Json:
    return {
        "id": f"{account.id}/providers/Microsoft.Insights/metricDefinitions/{metric.name}",
        "resourceId": account.id,
        "namespace": NAMESPACE,
        "category": metric.category,
        "name": {"value": metric.name, "localizedValue": metric.title},
        "displayDescription": metric.title,
        "isDimensionRequired": False,
        "unit": metric.unit,
        "primaryAggregationType": metric.aggregations[0],
        "supportedAggregationTypes": list(metric.aggregations),
        "metricAvailabilities": [{"timeGrain": each, "retention": _RETENTION} for each in INTERVALS],
        "dimensions": [{"value": each, "localizedValue": each} for each in metric.dimensions],
    }
