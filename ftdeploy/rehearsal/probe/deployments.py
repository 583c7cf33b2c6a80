"""Probes of deployments: what is refused, what goes one after the other, and model calls."""

from __future__ import annotations

import uuid

from ftdeploy.rehearsal.probe.lab import MODEL, Lab
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, expect
from ftdeploy.rehearsal.probe.wire import Exchange

_TOKENS_EUR = 0.01
"""Ours: a few calls to gpt-4o-mini cost far less."""
_HOSTING_EUR = 2.0
"""An hour of hosting, 1.70 USD in azure-ai-docs how-to-fine-tuning-cost-management-content.md (2026-03-19)."""


def _ask_conflict(lab: Lab) -> Verdict:
    first = lab.deploy("first")
    second = lab.deploy("second")
    for each, name in ((first, "first"), (second, "second")):
        lab.wire.finish(each)
        lab.wire.remove(f"{lab.account}/deployments/{name}")
    return expect(second, 409, "RequestConflict")


def _ask_model(lab: Lab) -> Verdict:
    return expect(lab.deploy("none", model={"name": "gpt-4o-mini-of-nobody"}), 400, "DeploymentModelNotSupported")


def _ask_sku(lab: Lab) -> Verdict:
    return expect(lab.deploy("sku", sku="DeveloperTier"), 400, "InvalidResourceProperties")


def _ask_quota(lab: Lab) -> Verdict:
    return expect(lab.deploy("quota", capacity=90_000), 400, "InsufficientQuota")


def _ask_size(lab: Lab) -> Verdict:
    return expect(lab.deploy("size", sku="ProvisionedManaged", capacity=7), 400, "InvalidCapacity")


def _ask_patch(lab: Lab) -> Verdict:
    lab.wire.finish(lab.deploy("patch"))
    place = f"{lab.account}/deployments/patch"
    refused = lab.wire.ask("PATCH", place, {"properties": {"raiPolicyName": "Microsoft.Default"}})
    lab.wire.finish(refused)
    lab.wire.remove(place)
    return Verdict(agrees=refused.status == 400, seen=f"{refused.status} {refused.code}")  # noqa: PLR2004 HTTP


def _ask_capacity(lab: Lab) -> Verdict:
    return expect(lab.deploy("none", capacity=0), 400, "InvalidCapacity")


def _ask_root(lab: Lab) -> Verdict:
    """The sku below properties, where it does not belong."""
    place = f"{lab.account}/deployments/root"
    body = {"properties": {"model": MODEL, "sku": {"name": "GlobalStandard", "capacity": 3}}}
    made = lab.wire.ask("PUT", place, body)
    lab.wire.finish(made)
    lab.wire.remove(place)
    sku = made.body.get("sku") or {}
    seen = f"{made.status} {made.code}, {sku.get('name')} {sku.get('capacity')}"
    return Verdict(agrees=(sku.get("name"), sku.get("capacity")) == ("Standard", 1), seen=seen)


def _ask_upgrade(lab: Lab) -> Verdict:
    refused = lab.deploy("upgrade", properties={"versionUpgradeOption": "Sometimes"})
    return Verdict(agrees=refused.status == 400, seen=f"{refused.status} {refused.code}")  # noqa: PLR2004 HTTP


def _ask_filter(lab: Lab) -> Verdict:
    refused = lab.deploy("filter", properties={"raiPolicyName": "of-nobody"})
    return Verdict(agrees=refused.status == 400, seen=f"{refused.status} {refused.code}")  # noqa: PLR2004 HTTP


def _ask_long(lab: Lab) -> Verdict:
    made = lab.deploy("long")
    address = made.headers.get("azure-asyncoperation", "")
    lab.wire.finish(made)
    lab.wire.remove(f"{lab.account}/deployments/long")
    state = str((made.body.get("properties") or {}).get("provisioningState"))
    return Verdict(agrees=bool(address) and state != "Succeeded", seen=f"{made.status}, {state}")


def _pause(lab: Lab, name: str) -> Exchange:
    lab.wire.finish(lab.deploy(name))
    return lab.wire.ask("POST", f"{lab.account}/deployments/{name}/pause", version="2026-09-01")


def _ask_locked(lab: Lab) -> Verdict:
    key = lab.wire.ask("POST", f"{lab.account}/listKeys").body["key1"]
    _pause(lab, "locked")
    refused = _chat(lab, "locked", **{"api-key": key})
    lab.wire.remove(f"{lab.account}/deployments/locked")
    return expect(refused, 423)


def _chat(lab: Lab, name: str, text: str = "Say yes.", **headers: str) -> Exchange:
    found = lab.wire.ask("GET", lab.account).body["properties"]["endpoint"]
    path = f"/openai/deployments/{name}/chat/completions?api-version=2024-10-21"
    body = {"messages": [{"role": "user", "content": text}], "max_tokens": 5}
    return lab.wire.call(found, path, body, **headers)


def _ask_key(lab: Lab) -> Verdict:
    return expect(_chat(lab, "none", **{"api-key": "0" * 32}), 401, "401")


def _ask_keys_off(lab: Lab) -> Verdict:
    key = lab.wire.ask("POST", f"{lab.account}/listKeys").body["key1"]
    lab.wire.finish(lab.wire.ask("PATCH", lab.account, {"properties": {"disableLocalAuth": True}}))
    refused = _chat(lab, "none", **{"api-key": key})
    lab.wire.finish(lab.wire.ask("PATCH", lab.account, {"properties": {"disableLocalAuth": False}}))
    return expect(refused, 403, "AuthenticationTypeDisabled")


def _ask_rate(lab: Lab) -> Verdict:
    key = lab.wire.ask("POST", f"{lab.account}/listKeys").body["key1"]
    lab.wire.finish(lab.deploy("rate"))
    answers = [_chat(lab, "rate", "word " * 600, **{"api-key": key}) for _ in range(4)]
    lab.wire.remove(f"{lab.account}/deployments/rate")
    seen = [each.status for each in answers]
    return Verdict(agrees=429 in seen, seen=f"four calls of 600 words on 1,000 tokens a minute: {seen}")  # noqa: PLR2004


def _ask_operation(lab: Lab) -> Verdict:
    key = lab.wire.ask("POST", f"{lab.account}/listKeys").body["key1"]
    lab.wire.finish(lab.deploy("chat"))
    found = lab.wire.ask("GET", lab.account).body["properties"]["endpoint"]
    path = "/openai/deployments/chat/completions?api-version=2024-10-21"
    refused = lab.wire.call(found, path, {"prompt": "Say yes.", "max_tokens": 5}, **{"api-key": key})
    lab.wire.remove(f"{lab.account}/deployments/chat")
    return expect(refused, 400, "OperationNotSupported")


def _ask_fine_tuned(lab: Lab) -> Verdict:
    """A model that is there is deployed from its own account, and refused from one that nobody may read."""
    hidden = lab.source.replace(lab.source.split("/")[2], str(uuid.uuid4()))
    refused = lab.deploy("hidden", model={"name": lab.model, "version": "1", "source": hidden})
    made = lab.wire.finish(lab.deploy("tuned", model={"name": lab.model, "version": "1", "source": lab.source}))
    place = f"{lab.account}/deployments/tuned"
    state = str(((lab.wire.ask("GET", place).body or {}).get("properties") or {}).get("provisioningState"))
    lab.wire.remove(place)
    seen = f"{refused.status} {refused.code}; then {made.status} {made.code}, {state}"
    return Verdict(agrees=refused.code == "LinkedAuthorizationFailed" and state == "Succeeded", seen=seen)


PROBES = (
    Probe(behaviour="one-write-per-account", ask=_ask_conflict),
    Probe(behaviour="models-must-exist", ask=_ask_model),
    Probe(behaviour="skus-by-model-and-region", ask=_ask_sku),
    Probe(behaviour="quota-by-region-and-usage-name", ask=_ask_quota),
    Probe(behaviour="ptu-sizes", ask=_ask_size),
    Probe(behaviour="capacity-in-range", ask=_ask_capacity),
    Probe(behaviour="sku-at-the-root", ask=_ask_root),
    Probe(behaviour="upgrade-options-are-known", ask=_ask_upgrade),
    Probe(behaviour="content-filters-must-exist", ask=_ask_filter),
    Probe(behaviour="deployment-writes-are-long", ask=_ask_long),
    Probe(behaviour="paused-deployments-are-locked", ask=_ask_locked),
    Probe(behaviour="patch-takes-tags-and-sku", ask=_ask_patch),
    Probe(behaviour="keys-are-checked", ask=_ask_key),
    Probe(behaviour="no-keys-without-local-authentication", ask=_ask_keys_off),
    Probe(behaviour="token-deployments-have-rate-limits", ask=_ask_rate, price_eur=_TOKENS_EUR),
    Probe(behaviour="models-have-operations", ask=_ask_operation, price_eur=_TOKENS_EUR),
    Probe(behaviour="source-account-must-be-readable", ask=_ask_fine_tuned, price_eur=_HOSTING_EUR, needs_model=True),
)
