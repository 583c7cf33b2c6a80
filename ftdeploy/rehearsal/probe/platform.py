"""Probes of Resource Manager: lists, groups, pages, what is refused; none of them costs anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.plane import open_plane
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, expect, refused

_GROUPS_VERSION = "2024-03-01"
_PROVIDERS = ("Microsoft.Authorization", "Microsoft.CognitiveServices", "Microsoft.Insights", "Microsoft.Resources")
_LEFT = "x-ms-ratelimit-remaining-subscription-reads"


@contextmanager
def _other_group(lab: Lab) -> Iterator[str]:
    """A second group of the lab's, removed at the end; its id."""
    group = f"{lab.group}-other"
    try:
        lab.wire.ask("PUT", group, {"location": lab.region}, version=_GROUPS_VERSION)
        yield group
    finally:
        lab.wire.remove(group, version=_GROUPS_VERSION)


def _ask_nothing(lab: Lab) -> Verdict:
    return expect(lab.wire.ask("DELETE", lab.name_account("n")), 204)


def _ask_filter(lab: Lab) -> Verdict:
    place = f"/subscriptions/{lab.subscription}/resources?$filter=name%20eq%20'{lab.mark}'"
    found = lab.wire.ask("GET", place, version="2021-04-01")
    names = {str(each["name"]) for each in found.body["value"]}
    return Verdict(agrees=names == {lab.mark}, seen=f"{found.status}, {len(names)} names")


def _ask_pages(lab: Lab) -> Verdict:
    """A list of two resources, asked for one by one."""
    with lab.own_account("p"):
        first = lab.wire.ask("GET", f"{lab.group}/resources?$top=1", version="2021-04-01")
        link = str(first.body.get("nextLink") or "")
        headers = {"Authorization": f"Bearer {lab.wire.get_token()}"}
        second = lab.wire.send("GET", link, headers=headers) if link else first
    names = {each["name"] for answer in (first, second) for each in answer.body["value"]}
    agrees = bool(link) and len(first.body["value"]) == 1 and len(names) > 1
    return Verdict(agrees=agrees, seen=f"{len(first.body['value'])} first, {'with' if link else 'without'} nextLink")


def _ask_throttle(lab: Lab) -> Verdict:
    """How full the bucket is said to be; it is not emptied, for others may share the sign-in."""
    left = lab.wire.ask("GET", lab.group, version=_GROUPS_VERSION).headers.get(_LEFT, "")
    return Verdict(agrees=left.isdigit(), seen=f"{left or 'nothing said of'} reads left")


def _ask_registered(lab: Lab) -> Verdict:
    places = [f"/subscriptions/{lab.subscription}/providers/{each}" for each in _PROVIDERS]
    found = [lab.wire.ask("GET", each, version="2021-04-01").body.get("registrationState") for each in places]
    return compare(sorted(set(found)), ["Registered"])


def _ask_leaving_group(lab: Lab) -> Verdict:
    with _other_group(lab) as group:
        begun = lab.wire.ask("DELETE", group, version=_GROUPS_VERSION)
        answer = lab.wire.ask("PUT", group, {"location": lab.region}, version=_GROUPS_VERSION)
        lab.wire.finish(begun)
    return expect(answer, 409, "ResourceGroupBeingDeleted")


def _ask_contents(lab: Lab) -> Verdict:
    with _other_group(lab) as group:
        account = lab.name_account("g").replace(lab.group, group)
        body = {"location": lab.region, "kind": "OpenAI", "sku": {"name": "S0"}, "properties": {}}
        lab.wire.finish(lab.wire.ask("PUT", account, body))
        begun = lab.wire.ask("DELETE", group, version=_GROUPS_VERSION)
        lab.wire.finish(begun)
        after = lab.wire.ask("GET", account)
        lab.purge(account)
    return compare((begun.status, after.status), (202, 404))


def _ask_skus(lab: Lab) -> Verdict:
    found = lab.list_all(f"{lab.account}/skus")
    return compare(sorted({str(each["sku"]["name"]) for each in found}), ["S0"])


def _ask_subdomain(lab: Lab) -> Verdict:
    return refused(lab.wire.ask("PATCH", lab.account, {"properties": {"customSubDomainName": f"{lab.mark}z"}}))


def _ask_address(lab: Lab) -> Verdict:
    return expect(open_plane(lab).ask("POST", "/no/such/thing", {"messages": []}), 404, "404")


def _ask_head(lab: Lab) -> Verdict:
    places = {lab.account: "2025-06-01", lab.name_account("h"): "2025-06-01", lab.group: _GROUPS_VERSION}
    found = [lab.wire.ask("HEAD", place, version=version).status for place, version in places.items()]
    return compare(found, [405, 404, 204])


PROBES = (
    Probe(behaviour="deleting-nothing-is-204", ask=_ask_nothing),
    Probe(behaviour="groups-being-deleted-take-nothing", ask=_ask_leaving_group),
    Probe(behaviour="groups-take-their-contents", ask=_ask_contents),
    Probe(behaviour="long-lists-come-in-pages", ask=_ask_pages),
    Probe(behaviour="management-calls-are-throttled", ask=_ask_throttle),
    Probe(behaviour="providers-are-registered", ask=_ask_registered),
    Probe(behaviour="resources-are-filtered", ask=_ask_filter),
    Probe(behaviour="resources-take-no-head", ask=_ask_head),
    Probe(behaviour="skus-are-listed-thin", ask=_ask_skus),
    Probe(behaviour="subdomains-do-not-change", ask=_ask_subdomain),
    Probe(behaviour="unknown-calls-are-not-found", ask=_ask_address),
)
