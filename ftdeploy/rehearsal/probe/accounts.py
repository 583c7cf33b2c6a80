"""Probes of accounts: names, deletion, keys, and what is refused."""

from __future__ import annotations

from ftdeploy.rehearsal.probe.lab import MODEL, Lab
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, expect, refused


def _ask_kept(lab: Lab) -> Verdict:
    account = lab.name_account("k")
    lab.wire.finish(lab.make_account("k"))
    lab.wire.remove(account)
    again = lab.make_account("k")
    lab.wire.finish(again)
    lab.remove_account(account)
    return expect(again, 409, "FlagMustBeSetForRestore")


def _ask_restore(lab: Lab) -> Verdict:
    return expect(lab.make_account("n", restore=True), 409, "CanNotRestoreANonExistingResource")


def _ask_subdomain(lab: Lab) -> Verdict:
    return expect(lab.make_account("d", customSubDomainName=lab.mark), 409, "CustomDomainInUse")


def _ask_kind(lab: Lab) -> Verdict:
    body = {"location": lab.region, "kind": "OpenAI", "sku": {"name": "S9"}, "properties": {}}
    return refused(lab.wire.ask("PUT", lab.name_account("s"), body))


def _ask_name(lab: Lab) -> Verdict:
    body = {"location": lab.region, "kind": "OpenAI", "sku": {"name": "S0"}, "properties": {}}
    return refused(lab.wire.ask("PUT", f"{lab.name_account('')[: -len(lab.mark)]}-{lab.mark}", body))


def _ask_location(lab: Lab) -> Verdict:
    body = {"location": "nowhere", "kind": "OpenAI", "sku": {"name": "S0"}, "properties": {}}
    return refused(lab.wire.ask("PUT", lab.name_account("l"), body), "LocationNotAvailableForResourceType")


def _ask_keys(lab: Lab) -> Verdict:
    before = lab.wire.ask("POST", f"{lab.account}/listKeys").body
    after = lab.wire.ask("POST", f"{lab.account}/regenerateKey", {"keyName": "Key1"}).body
    changed = {key: before[key] != after[key] for key in ("key1", "key2")}
    return compare(changed, {"key1": True, "key2": False})


def _ask_version(lab: Lab) -> Verdict:
    return expect(lab.wire.ask("GET", lab.account, version=""), 400, "MissingApiVersionParameter")


def _ask_known_version(lab: Lab) -> Verdict:
    return expect(lab.wire.ask("GET", lab.account, version="2024-10-21"), 400, "NoRegisteredProviderFound")


def _ask_parent(lab: Lab) -> Verdict:
    group = f"{lab.group}-none"
    return expect(lab.wire.ask("GET", lab.account.replace(lab.group, group)), 404, "ResourceGroupNotFound")


def _ask_ready(lab: Lab) -> Verdict:
    account = lab.name_account("y")
    begun = lab.make_account("y")
    early = lab.wire.ask("POST", f"{account}/listKeys")
    lab.wire.finish(begun)
    lab.remove_account(account)
    return refused(early, "AccountProvisioningStateInvalid")


def _ask_held(lab: Lab) -> Verdict:
    """Quota in use with a deployment, after its account is deleted, and after the purge."""
    with lab.own_account("h") as account:
        before = _read_usage(lab)
        lab.wire.finish(lab.deploy("held", account=account))
        used = _read_usage(lab) - before
        lab.wire.remove(account)
        kept = _read_usage(lab) - before
    purged = _read_usage(lab) - before
    return compare({"deployed": used, "deleted": kept, "purged": purged}, {"deployed": 1, "deleted": 1, "purged": 0})


def _read_usage(lab: Lab) -> float:
    """Thousands of tokens a minute that the subscription uses in the region."""
    place = f"/subscriptions/{lab.subscription}/providers/Microsoft.CognitiveServices/locations/{lab.region}/usages"
    found = {each["name"]["value"]: each["currentValue"] for each in lab.wire.ask("GET", place).body["value"]}
    return float(found[f"OpenAI.GlobalStandard.{MODEL['name']}"])


PROBES = (
    Probe(behaviour="account-must-be-ready", ask=_ask_ready),
    Probe(behaviour="deleted-accounts-hold-quota", ask=_ask_held),
    Probe(behaviour="account-kinds", ask=_ask_kind),
    Probe(behaviour="account-names-are-checked", ask=_ask_name),
    Probe(behaviour="accounts-are-kept-when-deleted", ask=_ask_kept),
    Probe(behaviour="api-version-required", ask=_ask_version),
    Probe(behaviour="api-versions-are-known", ask=_ask_known_version),
    Probe(behaviour="keys-are-regenerated", ask=_ask_keys),
    Probe(behaviour="locations-are-known", ask=_ask_location),
    Probe(behaviour="only-deleted-accounts-are-restored", ask=_ask_restore),
    Probe(behaviour="parents-must-exist", ask=_ask_parent),
    Probe(behaviour="subdomains-are-unique", ask=_ask_subdomain),
)
