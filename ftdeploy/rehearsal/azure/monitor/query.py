"""A metrics query as a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from ftdeploy.rehearsal.azure.clock import parse_time
from ftdeploy.rehearsal.azure.monitor import errors
from ftdeploy.rehearsal.azure.monitor.catalog import NAMESPACE, Metric, find_metric, list_metrics
from ftdeploy.rehearsal.azure.monitor.filters import Filter, read_filter
from ftdeploy.rehearsal.azure.traffic import Span

AGGREGATIONS = ("Average", "Count", "Maximum", "Minimum", "Total")
INTERVALS = {
    "PT1M": timedelta(minutes=1),
    "PT5M": timedelta(minutes=5),
    "PT15M": timedelta(minutes=15),
    "PT30M": timedelta(minutes=30),
    "PT1H": timedelta(hours=1),
    "PT6H": timedelta(hours=6),
    "PT12H": timedelta(hours=12),
    "P1D": timedelta(days=1),
}
_MAXIMUM_METRICS = 20
_MAXIMUM_POINTS = 150_000
"""Ours: keeps a careless query from filling memory; every minute of 93 days is fewer."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.0+)?S)?)?", re.IGNORECASE)
_ORDER = re.compile(r"\s*(sum|total|average|minimum|maximum|count)(?:\s+(asc|desc))?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked."""

    metrics: tuple[Metric, ...]
    span: Span
    """Whole intervals of the clock."""
    interval: str
    """As asked: `PT1H`."""
    aggregations: tuple[str, ...]
    """Of `AGGREGATIONS`; empty for what each metric gives by itself."""
    filter: Filter
    rolled_up: tuple[str, ...]
    """Dimensions of the filter whose values are not told apart, in lower case."""
    top: int
    order: tuple[str, bool]
    """By which aggregation series are sorted, and whether the least comes first."""
    has_data: bool
    """False for the names of the series alone."""


def read_query(query: Mapping[str, str], now: datetime, *, default_top: int) -> Query:
    """What the query of a request says, names in lower case.

    Raises:
        Refusal: 400; a metric, dimension, interval or timespan that Azure does not have.
    """
    namespace = query.get("metricnamespace") or NAMESPACE
    if namespace.lower() != NAMESPACE.lower():
        raise errors.unknown_namespace(namespace, NAMESPACE)
    metrics = _read_metrics(query.get("metricnames", ""))
    is_adjusted = query.get("autoadjusttimegrain", "").lower() == "true"
    span, interval = _align(*_read_timespan(query.get("timespan", ""), now), query.get("interval", ""), is_adjusted)
    wanted = read_filter(query.get("$filter", ""))
    if query.get("validatedimensions", "").lower() != "false":
        for metric in metrics:
            if any(metric.find_dimension(each) is None for each in wanted.dimensions):
                raise errors.unknown_dimension(metric.name, wanted.dimensions, metric.dimensions)
    top = query.get("top") or str(default_top)
    if not top.isdigit():
        raise errors.bad_request(f"top '{top}' is not a whole number")
    return Query(
        metrics=metrics,
        span=span,
        interval=interval,
        aggregations=_read_aggregations(query.get("aggregation", "")),
        filter=wanted,
        rolled_up=tuple(each.strip().lower() for each in query.get("rollupby", "").split(",") if each.strip()),
        top=int(top),
        order=_read_order(query.get("orderby", "")),
        has_data=query.get("resulttype", "").lower() != "metadata",
    )


def render_second(moment: datetime) -> str:
    """`2026-11-21T10:34:00Z`."""
    return f"{moment.isoformat()[:19]}Z"


def _read_metrics(text: str) -> tuple[Metric, ...]:
    """Without a name the first of the list, which is our guess."""
    names = [each.strip() for each in text.split(",") if each.strip()]
    if len(names) > _MAXIMUM_METRICS:
        raise errors.bad_request(f"Requested metrics count: {len(names)} exceeds the limit of {_MAXIMUM_METRICS}")
    found = []
    for name in names:
        metric = find_metric(name)
        if metric is None:
            raise errors.unknown_metric(name, [each.name for each in list_metrics()])
        found.append(metric)
    return tuple(found) or list_metrics()[:1]


def _read_aggregations(text: str) -> tuple[str, ...]:
    known = {each.lower(): each for each in AGGREGATIONS}
    names = [each.strip().lower() for each in text.split(",") if each.strip().lower() not in ("", "none")]
    for name in names:
        if name not in known:
            raise errors.bad_request(f"Invalid aggregation '{name}', supported ones are: {','.join(AGGREGATIONS)}")
    return tuple(known[each] for each in names)


def _read_order(text: str) -> tuple[str, bool]:
    if not text.strip():
        return "", False
    found = _ORDER.fullmatch(text)
    if found is None:
        raise errors.bad_request(f"Invalid orderby '{text}': an aggregation, and asc or desc")
    name = found[1].lower()
    return "Total" if name == "sum" else name.title(), (found[2] or "asc").lower() == "asc"


def _align(start: datetime, end: datetime, interval: str, is_adjusted: bool) -> tuple[Span, str]:
    """The whole intervals of the clock that a timespan touches, the present one included; `FULL` is one as asked."""
    if interval.upper() == "FULL":
        return Span(start=start, end=end, length=end - start), interval
    wanted = _read_duration(interval or "PT1M")
    fitting = [(name, length) for name, length in INTERVALS.items() if length >= wanted]
    if not fitting or (fitting[0][1] != wanted and not is_adjusted):
        raise errors.unknown_interval(interval, [_render_length(each) for each in INTERVALS.values()])
    name, length = fitting[0]
    first = start - (start - _EPOCH) % length
    last = end + (_EPOCH - end) % length
    if (last - first) // length > _MAXIMUM_POINTS:
        raise errors.bad_request(f"The timespan has more than {_MAXIMUM_POINTS} intervals of {name}")
    return Span(start=first, end=last, length=length), interval if fitting[0][1] == wanted and interval else name


def _read_duration(text: str) -> timedelta:
    found = _read_length(text)
    if found is None:
        raise errors.unknown_interval(text, [_render_length(each) for each in INTERVALS.values()])
    return found


def _read_length(text: str) -> timedelta | None:
    """`P1D`, `PT1H` or, as azure-monitor-query writes it, `PT3600.0S`; None for what is no duration."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def _render_length(length: timedelta) -> str:
    """`01:00:00`, a day as `1.00:00:00`."""
    hours, minutes = length.seconds // 3600, length.seconds // 60 % 60
    return f"{f'{length.days}.' if length.days else ''}{hours:02}:{minutes:02}:00"


def _read_timespan(text: str, now: datetime) -> tuple[datetime, datetime]:
    """Two moments, a moment and a duration, or a duration that ends now; the last hour when nothing is said.

    Also when it was encoded twice, as the Azure CLI does.
    """
    if not text:
        return now - timedelta(hours=1), now
    first, slash, second = (unquote(text) if "%" in text else text).partition("/")
    lengths = [_read_length(each) for each in (first, second)]
    try:
        if lengths[0] is not None:
            end = parse_time(second) if slash else now
            return end - lengths[0], end
        start = parse_time(first)
        end = parse_time(second) if lengths[1] is None else start + lengths[1]
    except ValueError as error:
        raise errors.bad_request(f"Invalid timespan '{text}', it is start/end in ISO 8601") from error
    if start >= end:
        raise errors.bad_request(f"Invalid timespan '{text}', its start is not before its end")
    return start, end
