"""Probes of deployments: what is refused, what goes one after the other, what they name."""

from __future__ import annotations

import uuid

from ftdeploy.rehearsal.probe.lab import MODEL, Lab
from ftdeploy.rehearsal.probe.plane import TOKENS_EUR, open_plane
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, expect, refused

HOSTING_EUR = 2.0
"""An hour of hosting, 1.70 USD in azure-ai-docs how-to-fine-tuning-cost-management-content.md (2026-03-19)."""
_OTHER_MODEL = {"name": "gpt-4.1-mini", "version": "2025-04-14"}
# Retired on 2024-06-14: learn.microsoft.com/azure/ai-foundry/openai/concepts/legacy-models
_RETIRED_MODEL = {"name": "text-davinci-003", "version": "1"}


def _ask_conflict(lab: Lab) -> Verdict:
    with lab.deployed("second"):
        first = lab.deploy("first")
        second = lab.deploy("second", capacity=2, waits=False)
        lab.wire.finish(first)
        lab.wire.finish(second)
        lab.wire.remove(f"{lab.account}/deployments/first")
    return expect(second, 409, "RequestConflict")


def _ask_model(lab: Lab) -> Verdict:
    return refused(lab.deploy("none", model={"name": "gpt-4o-mini-of-nobody"}), "DeploymentModelNotSupported")


def _ask_retired(lab: Lab) -> Verdict:
    with lab.deployed("retired", model=_RETIRED_MODEL) as answer:
        is_meant = "better models" in answer.message
    return Verdict(agrees=is_meant, seen=f"{answer.status} {answer.code} {answer.message}".strip())


def _ask_sku(lab: Lab) -> Verdict:
    return refused(lab.deploy("sku", sku="DeveloperTier"), "InvalidResourceProperties")


def _ask_quota(lab: Lab) -> Verdict:
    return refused(lab.deploy("quota", capacity=90_000), "InsufficientQuota")


def _ask_size(lab: Lab) -> Verdict:
    return refused(lab.deploy("size", sku="ProvisionedManaged", capacity=7), "InvalidCapacity")


def _ask_spillover(lab: Lab) -> Verdict:
    """Of a token deployment, to one that is not there: what a provisioned one may name costs too much to ask."""
    with lab.deployed("spill", properties={"spilloverDeploymentName": "none"}) as answer:
        return refused(answer)


def _ask_patch(lab: Lab) -> Verdict:
    with lab.deployed("patch"):
        place = f"{lab.account}/deployments/patch"
        answer = lab.wire.ask("PATCH", place, {"properties": {"raiPolicyName": "Microsoft.Default"}})
        lab.wire.finish(answer)
    return refused(answer)


def _ask_capacity(lab: Lab) -> Verdict:
    return refused(lab.deploy("none", capacity=0), "InvalidCapacity")


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
    with lab.deployed("upgrade", properties={"versionUpgradeOption": "Sometimes"}) as answer:
        return refused(answer)


def _ask_filter(lab: Lab) -> Verdict:
    with lab.deployed("filter", properties={"raiPolicyName": "of-nobody"}) as answer:
        return refused(answer)


def _ask_filter_in_use(lab: Lab) -> Verdict:
    place = f"{lab.account}/raiPolicies/{lab.mark}"
    body = {"properties": {"mode": "Blocking", "basePolicyName": "Microsoft.Default", "contentFilters": []}}
    lab.wire.finish(lab.wire.ask("PUT", place, body))
    with lab.deployed("filtered", properties={"raiPolicyName": lab.mark}):
        answer = lab.wire.ask("DELETE", place)
        lab.wire.finish(answer)
    lab.wire.remove(place)
    return refused(answer)


def _ask_long(lab: Lab) -> Verdict:
    made = lab.deploy("long")
    address = made.headers.get("azure-asyncoperation", "")
    lab.wire.finish(made)
    lab.wire.remove(f"{lab.account}/deployments/long")
    return Verdict(agrees=bool(address) and made.state != "Succeeded", seen=f"{made.status}, {made.state}")


def _ask_other_model(lab: Lab) -> Verdict:
    """What the deployment says of its change to another model, and which model answers meanwhile."""
    plane = open_plane(lab)
    with lab.deployed("other", capacity=10):
        plane.chat("other")
        changed = lab.deploy("other", capacity=10, model=_OTHER_MODEL)
        meanwhile = str((plane.chat("other").body or {}).get("model"))
        lab.wire.finish(changed)
    agrees = changed.state == "Updating" and meanwhile.startswith(MODEL["name"])
    return Verdict(agrees=agrees, seen=f"{changed.status} {changed.code} {changed.state}, answered by {meanwhile}")


def _ask_pausable(lab: Lab) -> Verdict:
    """A deployment of another kind that costs nothing while it is not called."""
    wanted = {"name": lab.model, "version": "1", "source": lab.source}
    with lab.deployed("steady", sku="DeveloperTier", model=wanted) as made:
        paused = lab.wire.ask("POST", f"{lab.account}/deployments/steady/pause", version="2026-09-01")
    is_made = made.status == 200 and not made.code  # noqa: PLR2004 HTTP
    return Verdict(agrees=is_made and refused(paused).agrees, seen=f"{made.status} {made.code}; {paused.status}")


def _ask_fine_tuned(lab: Lab) -> Verdict:
    """A model that is there is deployed from its own account, and refused from one that nobody may read."""
    hidden = lab.source.replace(lab.source.split("/")[2], str(uuid.uuid4()))
    answer = lab.deploy("hidden", model={"name": lab.model, "version": "1", "source": hidden})
    lab.wire.finish(answer)
    lab.wire.remove(f"{lab.account}/deployments/hidden")
    with lab.deployed("tuned", model={"name": lab.model, "version": "1", "source": lab.source}):
        state = lab.wire.ask("GET", f"{lab.account}/deployments/tuned").state
    return compare((answer.code, state), ("LinkedAuthorizationFailed", "Succeeded"))


def _ask_models(lab: Lab) -> Verdict:
    found = lab.list_all(f"{lab.source}/models")
    bases = [(each.get("baseModel") or {}).get("name") for each in found if each["name"] == lab.model]
    return Verdict(agrees=len(bases) == 1 and bool(bases[0]), seen=f"{len(bases)} of that name, base {bases}")


PROBES = (
    Probe(behaviour="another-model-is-an-update", ask=_ask_other_model, price_eur=TOKENS_EUR),
    Probe(behaviour="capacity-in-range", ask=_ask_capacity),
    Probe(behaviour="content-filters-in-use-stay", ask=_ask_filter_in_use),
    Probe(behaviour="content-filters-must-exist", ask=_ask_filter),
    Probe(behaviour="deployment-writes-are-long", ask=_ask_long),
    Probe(behaviour="fine-tuned-models-are-listed", ask=_ask_models, needs=("model",)),
    Probe(behaviour="models-must-exist", ask=_ask_model),
    Probe(behaviour="one-write-per-account", ask=_ask_conflict),
    Probe(behaviour="patch-takes-tags-and-sku", ask=_ask_patch),
    Probe(behaviour="ptu-sizes", ask=_ask_size),
    Probe(behaviour="quota-by-region-and-usage-name", ask=_ask_quota),
    Probe(behaviour="retired-models-are-refused", ask=_ask_retired),
    Probe(behaviour="sku-at-the-root", ask=_ask_root),
    Probe(behaviour="skus-by-model-and-region", ask=_ask_sku),
    Probe(behaviour="source-account-must-be-readable", ask=_ask_fine_tuned, price_eur=HOSTING_EUR, needs=("model",)),
    Probe(behaviour="spillover-stays-in-the-account", ask=_ask_spillover),
    Probe(behaviour="token-deployments-can-be-paused", ask=_ask_pausable, needs=("model",)),
    Probe(behaviour="upgrade-options-are-known", ask=_ask_upgrade),
)
