"""A metrics query as a record, and the series that the stored calls give for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ftdeploy.rehearsal.azure.clock import parse_time, render_time
from ftdeploy.rehearsal.azure.monitor import errors
from ftdeploy.rehearsal.azure.world import World

METRIC = "AzureOpenAIRequests"
DIMENSION = "ModelDeploymentName"
DEFAULT_TOP = 10
WITHOUT_TOP = 2**31 - 1
_MAXIMUM_POINTS = 50_000
"""Ours: keeps a careless query from filling memory."""
_INTERVALS_MINUTES = {
    "PT1M": 1,
    "PT5M": 5,
    "PT15M": 15,
    "PT30M": 30,
    "PT1H": 60,
    "PT6H": 360,
    "PT12H": 720,
    "P1D": 1440,
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLAUSE = re.compile(rf"\s*{DIMENSION}\s+eq\s+'([^']*)'\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked of the one metric."""

    start: datetime
    end: datetime
    length: timedelta
    """Of an interval; whole ones lie between start and end."""
    interval: str
    """As asked: `PT1H`."""
    deployments: tuple[str, ...] | None
    """In lower case, `*` for each; None without a filter: one series for all."""
    top: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Calls of one deployment, or of all, by interval."""

    deployment: str | None
    points: tuple[tuple[datetime, int], ...]

    @property
    def total(self) -> int:
        """All calls of the series."""
        return sum(count for _, count in self.points)


def read_query(query: Mapping[str, str], now: datetime, *, default_top: int) -> Query:
    """What a request asks.

    Raises:
        AzureError: 400; another metric, dimension, interval or timespan than the emulator has.
    """
    for name in (query.get("metricnames") or METRIC).split(","):
        if name.strip().lower() != METRIC.lower():
            raise errors.metric_not_emulated(name.strip(), METRIC)
    interval = query.get("interval") or "PT1M"
    start, end, length = _align(*_read_timespan(query.get("timespan", ""), now), interval)
    top = query.get("top") or str(default_top)
    if not top.isdigit():
        raise errors.bad_request(f"top '{top}' is not a whole number")
    deployments = _read_filter(query.get("$filter", ""))
    return Query(start=start, end=end, length=length, interval=interval, deployments=deployments, top=int(top))


def measure(world: World, account_key: str, query: Query) -> list[Series]:
    """The series of a query; a deployment without any call in the timespan has none."""
    rows = world.store.list_rows(
        "SELECT deployment, at, count FROM calls WHERE account = ? AND at >= ? AND at < ? ORDER BY at",
        account_key,
        render_time(query.start),
        render_time(query.end),
    )
    calls: dict[str | None, list[tuple[datetime, int]]] = {}
    for row in rows:
        name = row["deployment"] if query.deployments is not None else None
        if query.deployments is None or "*" in query.deployments or name in query.deployments:
            calls.setdefault(name, []).append((parse_time(row["at"]), row["count"]))
    found = [Series(deployment=name, points=tuple(_fill(query, made))) for name, made in calls.items()]
    found.sort(key=lambda series: -series.total)
    return found[: query.top] if query.deployments is not None else found


def _fill(query: Query, calls: list[tuple[datetime, int]]) -> Iterator[tuple[datetime, int]]:
    """Every interval of the timespan, those without a call with 0."""
    totals: dict[int, int] = {}
    for moment, count in calls:
        place = (moment - query.start) // query.length
        totals[place] = totals.get(place, 0) + count
    for place in range((query.end - query.start) // query.length):
        yield query.start + place * query.length, totals.get(place, 0)


def _align(start: datetime, end: datetime, interval: str) -> tuple[datetime, datetime, timedelta]:
    """The whole intervals of the clock that a timespan touches, the present one included; `FULL` is one as asked."""
    if interval.upper() == "FULL":
        return start, end, end - start
    if interval not in _INTERVALS_MINUTES:
        raise errors.bad_request(
            f"Invalid time grain '{interval}', valid ones are {', '.join(_INTERVALS_MINUTES)}, FULL"
        )
    length = timedelta(minutes=_INTERVALS_MINUTES[interval])
    first = start - (start - _EPOCH) % length
    last = end + (_EPOCH - end) % length
    if (last - first) // length > _MAXIMUM_POINTS:
        raise errors.bad_request(f"The timespan has more than {_MAXIMUM_POINTS} intervals of {interval}")
    return first, last, length


def _read_timespan(text: str, now: datetime) -> tuple[datetime, datetime]:
    """`start/end`; the last hour when nothing is said, as Azure has it."""
    if not text:
        return now - timedelta(hours=1), now
    start_text, _, end_text = text.partition("/")
    try:
        start, end = parse_time(start_text), parse_time(end_text)
    except ValueError as error:
        raise errors.bad_request(f"Invalid timespan '{text}', the rehearsal reads start/end") from error
    if start >= end:
        raise errors.bad_request(f"Invalid timespan '{text}', its start is not before its end")
    return start, end


def _read_filter(text: str) -> tuple[str, ...] | None:
    if not text.strip():
        return None
    clauses = [_CLAUSE.fullmatch(part) for part in re.split(r"\s+or\s+", text.strip(), flags=re.IGNORECASE)]
    if not all(clauses):
        raise errors.filter_not_emulated(text)
    return tuple(clause[1].lower() for clause in clauses if clause)
