"""Probes of Monitor: what metrics of model calls look like, when they come, and how far back it goes."""

from __future__ import annotations

from datetime import timedelta

import httpx

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.plane import TOKENS_EUR, open_plane
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, expect, refused
from ftdeploy.rehearsal.probe.wire import Exchange

_MONITOR = "providers/Microsoft.Insights"
_CALLS = "AzureOpenAIRequests"
_ALERT_EUR = 0.1
"""A month of one metric alert, 0.10 USD on Azure Monitor's price page."""
_PATIENCE_SECONDS = 1800
"""Ours: a call shows in the metrics within minutes."""
_MANY = 11


def _read(lab: Lab, query: str, metric: str = _CALLS) -> Exchange:
    place = f"{lab.account}/{_MONITOR}/metrics?metricnames={metric}&{query}"
    return lab.wire.ask("GET", place, version="2024-02-01")


def _list_series(answer: Exchange) -> list[list[dict[str, object]]]:
    """The points of each series: `[[{"timeStamp": "2026-11-21T10:30:00Z", "total": 1}]]`."""
    return [each.get("data") or [] for each in answer.body["value"][0]["timeseries"]]


def _count_calls(lab: Lab) -> float:
    """Calls of the lab's account in the last hour, as the metrics have them."""
    points = [point for each in _list_series(_read(lab, "interval=PT1M&aggregation=Total")) for point in each]
    return sum(float(str(each.get("total") or 0)) for each in points)


def _wait_for_calls(lab: Lab) -> None:
    """Make a call and wait until the metrics have it, unless they have one already.

    Raises:
        TimeoutException: they did not get it in time.
    """
    if _count_calls(lab):
        return
    plane = open_plane(lab)
    with lab.deployed("counted"):
        plane.chat("counted")
    if lab.wire.wait(lambda: _count_calls(lab) or None, limit_seconds=_PATIENCE_SECONDS, every_seconds=20) is None:
        raise httpx.TimeoutException("the metrics have no call after half an hour")


def _ask_delay(lab: Lab) -> Verdict:
    """How long it takes; the pretend Azure's setting metricsDelaySeconds is for it."""
    plane = open_plane(lab)
    before = _count_calls(lab)
    with lab.deployed("delay"):
        plane.chat("delay")
    begun = lab.wire.now()
    grown = lab.wire.wait(
        lambda: True if _count_calls(lab) > before else None, limit_seconds=_PATIENCE_SECONDS, every_seconds=5
    )
    seconds = (lab.wire.now() - begun).total_seconds()
    return Verdict(agrees=bool(grown), seen=f"{'counted' if grown else 'not counted'} after {seconds:.0f} seconds")


def _ask_intervals(lab: Lab) -> Verdict:
    """A timespan that begins and ends within intervals of five minutes."""
    _wait_for_calls(lab)
    end = lab.wire.now().replace(second=17)
    span = f"{end - timedelta(minutes=58):%Y-%m-%dT%H:%M:%SZ}/{end:%Y-%m-%dT%H:%M:%SZ}"
    points = [point for each in _list_series(_read(lab, f"interval=PT5M&timespan={span}")) for point in each]
    offsets = sorted(
        {int(str(each["timeStamp"])[14:16]) % 5 * 60 + int(str(each["timeStamp"])[17:19]) for each in points}
    )
    return Verdict(agrees=offsets == [0], seen=f"{len(points)} intervals, seconds after a whole one: {offsets}")


def _ask_aggregations(lab: Lab) -> Verdict:
    _wait_for_calls(lab)
    answer = _read(lab, "interval=PT1H&aggregation=Total,Average,Count,Minimum,Maximum")
    return compare(
        sorted({key for each in _list_series(answer) for point in each for key in point}), ["timeStamp", "total"]
    )


def _ask_zeros(lab: Lab) -> Verdict:
    """Minutes without calls beside one with some, and a metric that never had anything to count."""
    _wait_for_calls(lab)
    totals = {point.get("total") for each in _list_series(_read(lab, "interval=PT1M")) for point in each}
    series = _list_series(_read(lab, "interval=PT1M", "FineTunedTrainingHours"))
    is_told = 0 in totals and None not in totals and len(totals) > 1
    empty = all(not each for each in series)
    return Verdict(
        agrees=is_told and empty, seen=f"totals {sorted(map(str, totals))}; without calls {len(series)} series"
    )


def _ask_top(lab: Lab) -> Verdict:
    """Eleven deployments, each called once."""
    names = [f"top{number}" for number in range(_MANY)]
    plane = open_plane(lab)
    for each in names:
        with lab.deployed(each):
            plane.chat(each)
    query = "interval=FULL&$filter=ModelDeploymentName%20eq%20'*'"

    def look() -> bool | None:
        return True if len(_list_series(_read(lab, f"{query}&top=100"))) >= _MANY else None

    if lab.wire.wait(look, limit_seconds=_PATIENCE_SECONDS, every_seconds=20) is None:
        raise httpx.TimeoutException("the metrics do not have all calls after half an hour")
    return compare(len(_list_series(_read(lab, query))), 10)


def _ask_old_events(lab: Lab) -> Verdict:
    start = (lab.wire.now() - timedelta(days=120)).strftime("%Y-%m-%dT%H:%M:%SZ")
    place = f"/subscriptions/{lab.subscription}/{_MONITOR}/eventtypes/management/values"
    group = lab.group.rpartition("/")[2]
    query = f"$filter=eventTimestamp%20ge%20'{start}'%20and%20resourceGroupName%20eq%20'{group}'"
    return refused(lab.wire.ask("GET", f"{place}?{query}", version="2015-04-01"))


def _ask_alert(lab: Lab) -> Verdict:
    place = f"{lab.group}/{_MONITOR}/metricAlerts/{lab.mark}"
    wanted = {"name": "calls", "metricName": _CALLS, "operator": "GreaterThan", "threshold": 1000}
    one = {**wanted, "timeAggregation": "Total", "criterionType": "StaticThresholdCriterion"}
    kind = "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria"
    properties = {
        "severity": 4,
        "enabled": False,
        "scopes": [lab.account],
        "evaluationFrequency": "PT5M",
        "windowSize": "PT5M",
        "criteria": {"odata.type": kind, "allOf": [one]},
        "actions": [],
    }
    made = lab.wire.ask("PUT", place, {"location": "global", "properties": properties}, version="2018-03-01")
    lab.wire.remove(place, version="2018-03-01")
    return expect(made, 200)


PROBES = (
    Probe(behaviour="activity-log-goes-back-90-days", ask=_ask_old_events),
    Probe(behaviour="calls-are-counted-at-once", ask=_ask_delay, price_eur=TOKENS_EUR),
    Probe(behaviour="intervals-without-calls-count-0", ask=_ask_zeros, price_eur=TOKENS_EUR),
    Probe(behaviour="metrics-in-whole-intervals", ask=_ask_intervals, price_eur=TOKENS_EUR),
    Probe(behaviour="metrics-lack-other-aggregations", ask=_ask_aggregations, price_eur=TOKENS_EUR),
    Probe(behaviour="metrics-top-is-10", ask=_ask_top, price_eur=TOKENS_EUR),
    Probe(behaviour="new-alerts-are-answered-200", ask=_ask_alert, price_eur=_ALERT_EUR),
)
