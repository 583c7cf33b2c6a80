"""The series that the kept calls give for a metrics query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from ftdeploy.rehearsal.azure.monitor.catalog import Metric, list_columns, render_value
from ftdeploy.rehearsal.azure.monitor.query import Query
from ftdeploy.rehearsal.azure.traffic import Sum
from ftdeploy.rehearsal.azure.world import World


@dataclass(slots=True, kw_only=True)
class Figures:
    """What some calls come to."""

    total: float = 0.0
    samples: int = 0
    least: float = float("inf")
    most: float = float("-inf")

    def add(self, other: Sum | Figures) -> None:
        """Take further calls in."""
        self.total += other.total
        self.samples += other.samples
        self.least = min(self.least, other.least)
        self.most = max(self.most, other.most)

    def get(self, aggregation: str) -> float:
        """One aggregation of them; 0 where there were none."""
        if not self.samples:
            return 0.0
        found = {"Total": self.total, "Count": self.samples, "Minimum": self.least, "Maximum": self.most}
        return float(found[aggregation]) if aggregation in found else self.total / self.samples


@dataclass(slots=True, kw_only=True)
class Series:
    """The calls with the same values of the filter's dimensions, by interval."""

    values: Mapping[str, str]
    """By dimension in lower case."""
    by_place: dict[int, Figures] = field(default_factory=dict)
    """By the interval's number in the timespan."""

    def sum_up(self) -> Figures:
        """The whole timespan."""
        figures = Figures()
        for each in self.by_place.values():
            figures.add(each)
        return figures


def measure(world: World, account_key: str, metric: Metric, query: Query) -> list[Series]:
    """The series of one metric, sorted; values that no call has have none."""
    dimensions = tuple(each for each in query.filter.dimensions if metric.find_dimension(each))
    columns = list_columns(dimensions)
    shown = world.clock.now() - timedelta(seconds=world.settings.get_seconds("metricsDelaySeconds"))
    span = replace(query.span, end=min(query.span.end, shown))
    sums = world.traffic.sum_up(account_key, span, metric.build_measure(world.settings), columns)
    found: dict[tuple[str, ...], Series] = {}
    rendered: dict[tuple[object, ...], dict[str, str]] = {}
    for each in sums:
        if each.key not in rendered:
            row = dict(zip(columns, each.key, strict=True))
            rendered[each.key] = {name: render_value(name, row) for name in dimensions}
        values = rendered[each.key]
        if _takes(query, values):
            kept = {name: value for name, value in values.items() if name not in query.rolled_up}
            series = found.setdefault(tuple(kept.values()), Series(values=kept))
            series.by_place.setdefault(each.place, Figures()).add(each)
    ordered = _sort(found.values(), metric, query)
    return ordered[: query.top] if dimensions else ordered


def _takes(query: Query, values: Mapping[str, str]) -> bool:
    return all(
        any(each.takes(values[name]) for each in clauses)
        for name, clauses in query.filter.clauses.items()
        if name in values
    )


def _sort(series: Iterable[Series], metric: Metric, query: Query) -> list[Series]:
    """By what is asked, else from the most on by the metric's own aggregation."""
    aggregation, is_ascending = query.order
    aggregation = aggregation or metric.aggregations[0]
    return sorted(series, key=lambda each: each.sum_up().get(aggregation), reverse=not is_ascending)
