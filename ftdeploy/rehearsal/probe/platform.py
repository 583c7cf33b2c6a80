"""Probes of Resource Manager, Monitor, and the doors of the model endpoints; none of them costs anything."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, expect
from ftdeploy.rehearsal.probe.wire import MANAGEMENT_SCOPE, Exchange

_BAD_REQUEST, _UNAUTHORIZED, _NO_CONTENT = 400, 401, 204
_MONITOR = "providers/Microsoft.Insights"
_DATA_VERSION = "api-version=2024-10-21"


def _ask_nothing(lab: Lab) -> Verdict:
    return expect(lab.wire.ask("DELETE", lab.name_account("n")), _NO_CONTENT)


def _ask_filter(lab: Lab) -> Verdict:
    place = f"/subscriptions/{lab.subscription}/resources?$filter=name%20eq%20'{lab.mark}'"
    found = lab.wire.ask("GET", place, version="2021-04-01")
    names = {str(each["name"]) for each in found.body["value"]}
    return Verdict(agrees=names == {lab.mark}, seen=f"{found.status}, {len(names)} names")


def _ask_token(lab: Lab) -> Verdict:
    """Our own token, with another signature."""
    head, claims, signature = lab.wire.tokens.get_token(MANAGEMENT_SCOPE).token.split(".")
    other = ("B" if signature.startswith("A") else "A") + signature[1:]
    refused = lab.wire.ask("GET", lab.account, token=f"{head}.{claims}.{other}")
    return Verdict(agrees=refused.status == _UNAUTHORIZED, seen=f"{refused.status} {refused.code}")


def _ask_skus(lab: Lab) -> Verdict:
    found = lab.wire.ask("GET", f"{lab.account}/skus")
    names = {str(each["sku"]["name"]) for each in found.body["value"]}
    return Verdict(agrees=names == {"S0"}, seen=f"{found.status}, {', '.join(sorted(names))}")


def _ask_subdomain(lab: Lab) -> Verdict:
    changed = {"properties": {"customSubDomainName": f"{lab.mark}z"}}
    refused = lab.wire.ask("PATCH", lab.account, changed)
    return Verdict(agrees=refused.status == _BAD_REQUEST, seen=f"{refused.status} {refused.code}")


def _ask_old_events(lab: Lab) -> Verdict:
    start = (datetime.now(UTC) - timedelta(days=120)).strftime("%Y-%m-%dT%H:%M:%SZ")
    place = f"/subscriptions/{lab.subscription}/{_MONITOR}/eventtypes/management/values"
    group = lab.group.rpartition("/")[2]
    query = f"$filter=eventTimestamp%20ge%20'{start}'%20and%20resourceGroupName%20eq%20'{group}'"
    refused = lab.wire.ask("GET", f"{place}?{query}", version="2015-04-01")
    return Verdict(agrees=refused.status == _BAD_REQUEST, seen=f"{refused.status} {refused.code}")


def _call(lab: Lab, path: str, **headers: str) -> Exchange:
    endpoint = lab.wire.ask("GET", lab.account).body["properties"]["endpoint"]
    key = lab.wire.ask("POST", f"{lab.account}/listKeys").body["key1"]
    return lab.wire.call(endpoint, path, {"messages": []}, **({"api-key": key} | headers))


def _ask_address(lab: Lab) -> Verdict:
    return expect(_call(lab, f"/openai/no/such/thing?{_DATA_VERSION}"), 404, "404")


def _ask_network(lab: Lab) -> Verdict:
    lab.wire.finish(lab.wire.ask("PATCH", lab.account, {"properties": {"publicNetworkAccess": "Disabled"}}))
    refused = _call(lab, f"/openai/deployments/none/chat/completions?{_DATA_VERSION}")
    lab.wire.finish(lab.wire.ask("PATCH", lab.account, {"properties": {"publicNetworkAccess": "Enabled"}}))
    return expect(refused, 403, "AccessDenied")


def _ask_assignment(lab: Lab) -> Verdict:
    """A role for a principal that nobody has, without saying what it is: Azure looks it up and does not find it."""
    role = "acdd72a7-3385-48ef-bd42-f606fba81ae7"  # Reader
    name, nobody = uuid.uuid4(), uuid.uuid4()
    definition = f"/subscriptions/{lab.subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}"
    place = f"{lab.account}/providers/Microsoft.Authorization/roleAssignments/{name}"
    body = {"properties": {"roleDefinitionId": definition, "principalId": str(nobody)}}
    return expect(lab.wire.ask("PUT", place, body, version="2022-04-01"), _BAD_REQUEST, "PrincipalNotFound")


PROBES = (
    Probe(behaviour="activity-log-goes-back-90-days", ask=_ask_old_events),
    Probe(behaviour="deleting-nothing-is-204", ask=_ask_nothing),
    Probe(behaviour="networks-are-checked", ask=_ask_network),
    Probe(behaviour="principals-without-type-are-looked-up", ask=_ask_assignment),
    Probe(behaviour="resources-are-filtered", ask=_ask_filter),
    Probe(behaviour="skus-are-listed-thin", ask=_ask_skus),
    Probe(behaviour="subdomains-do-not-change", ask=_ask_subdomain),
    Probe(behaviour="tokens-verified", ask=_ask_token),
    Probe(behaviour="unknown-calls-are-not-found", ask=_ask_address),
)
