"""Probes of accounts: names, deletion, keys, and what is refused."""

from __future__ import annotations

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, expect


def _ask_kept(lab: Lab) -> Verdict:
    account = lab.name_account("k")
    lab.wire.finish(lab.make_account("k"))
    lab.wire.remove(account)
    refused = lab.make_account("k")
    lab.wire.finish(refused)
    lab.purge(account)
    return expect(refused, 409, "FlagMustBeSetForRestore")


def _ask_subdomain(lab: Lab) -> Verdict:
    return expect(lab.make_account("d", customSubDomainName=lab.mark), 409, "CustomDomainInUse")


def _ask_kind(lab: Lab) -> Verdict:
    body = {"location": lab.region, "kind": "OpenAI", "sku": {"name": "S9"}, "properties": {}}
    refused = lab.wire.ask("PUT", lab.name_account("s"), body)
    return Verdict(agrees=refused.status == 400, seen=f"{refused.status} {refused.code}")  # noqa: PLR2004 HTTP


def _ask_name(lab: Lab) -> Verdict:
    body = {"location": lab.region, "kind": "OpenAI", "sku": {"name": "S0"}, "properties": {}}
    refused = lab.wire.ask("PUT", f"{lab.name_account('')[: -len(lab.mark)]}-{lab.mark}", body)
    return Verdict(agrees=refused.status == 400, seen=f"{refused.status} {refused.code}")  # noqa: PLR2004 HTTP


def _ask_keys(lab: Lab) -> Verdict:
    before = lab.wire.ask("POST", f"{lab.account}/listKeys").body
    after = lab.wire.ask("POST", f"{lab.account}/regenerateKey", {"keyName": "Key1"}).body
    changed = before["key1"] != after["key1"], before["key2"] != after["key2"]
    return Verdict(agrees=changed == (True, False), seen=f"key1 and key2 changed: {changed}")


def _ask_version(lab: Lab) -> Verdict:
    return expect(lab.wire.ask("GET", lab.account, version=""), 400, "MissingApiVersionParameter")


def _ask_known_version(lab: Lab) -> Verdict:
    return expect(lab.wire.ask("GET", lab.account, version="2024-10-21"), 400, "NoRegisteredProviderFound")


def _ask_parent(lab: Lab) -> Verdict:
    group = f"{lab.group}-none"
    refused = lab.wire.ask("GET", lab.account.replace(lab.group, group))
    return expect(refused, 404, "ResourceGroupNotFound")


PROBES = (
    Probe(behaviour="account-kinds", ask=_ask_kind),
    Probe(behaviour="account-names-are-checked", ask=_ask_name),
    Probe(behaviour="accounts-are-kept-when-deleted", ask=_ask_kept),
    Probe(behaviour="api-version-required", ask=_ask_version),
    Probe(behaviour="api-versions-are-known", ask=_ask_known_version),
    Probe(behaviour="keys-are-regenerated", ask=_ask_keys),
    Probe(behaviour="parents-must-exist", ask=_ask_parent),
    Probe(behaviour="subdomains-are-unique", ask=_ask_subdomain),
)
