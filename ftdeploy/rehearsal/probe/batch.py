"""Probes of Monitor's batch queries: whose tokens, which region, how many resources."""

from __future__ import annotations

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.places import find_batch
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, expect, refused
from ftdeploy.rehearsal.probe.wire import MANAGEMENT_SCOPE, Exchange

_SCOPE = "https://metrics.monitor.azure.com/.default"
_QUERY = "metricnamespace=Microsoft.CognitiveServices/accounts&metricnames=AzureOpenAIRequests&api-version=2024-02-01"
_MOST_RESOURCES = 50
_REGIONS = ("eastus2", "swedencentral")


def _ask_batch(lab: Lab, count: int = 1, *, region: str = "", scope: str = _SCOPE) -> Exchange:
    """Figures of the lab's account, asked for so many times."""
    place = find_batch(lab.wire.base, region or lab.region)
    address = f"{place}/subscriptions/{lab.subscription}/metrics:getBatch?{_QUERY}"
    headers = {"Authorization": f"Bearer {lab.wire.get_token(scope)}"}
    return lab.wire.send("POST", address, {"resourceids": [lab.account] * count}, headers=headers)


def _ask_audience(lab: Lab) -> Verdict:
    return expect(_ask_batch(lab, scope=MANAGEMENT_SCOPE), 401)


def _ask_region(lab: Lab) -> Verdict:
    other = next(each for each in _REGIONS if each != lab.region)
    return refused(_ask_batch(lab, region=other))


def _ask_size(lab: Lab) -> Verdict:
    return compare([_ask_batch(lab, _MOST_RESOURCES + more).status for more in (0, 1)], [200, 400])


PROBES = (
    Probe(behaviour="batch-has-its-own-audience", ask=_ask_audience),
    Probe(behaviour="batch-is-of-one-region", ask=_ask_region),
    Probe(behaviour="batch-takes-50-resources", ask=_ask_size),
)
