"""Which deployment a call goes to, and whether it serves: there, ready, running, of a model that is not retired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.clock import parse_time
from ftdeploy.rehearsal.azure.cognitiveservices.witness import BaseModel, find_base_model
from ftdeploy.rehearsal.azure.inference import errors
from ftdeploy.rehearsal.azure.operations import NEVER_MADE
from ftdeploy.rehearsal.azure.resources import Resource

_NOT_SERVING = ("Creating", "Deleting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A deployment that serves."""

    account: Resource
    deployment: Resource
    model: str
    """The model that answers: during a change of models still the one before."""
    base: BaseModel | None
    """None when the emulator has no figures for it: then nothing is limited."""

    @property
    def ptu(self) -> int:
        """The size of a provisioned deployment; 0 for a token SKU."""
        sku = self.deployment.body["sku"]
        return int(sku["capacity"]) if "Provisioned" in str(sku["name"]) else 0

    @property
    def tpm(self) -> int:
        """What a provisioned deployment carries, in normalised tokens a minute; 0 where that is not known."""
        return self.ptu * self.base.input_tpm_per_ptu if self.base else 0


def find_target(call: Call, account: Resource, name: str, operation: str) -> Target:
    """The deployment of that name.

    Raises:
        AzureError: 404 not there or not ready, 423 paused, 410 retired, 400 its model has no such operation.
    """
    deployment = call.world.resources.find(f"{account.id}/deployments/{name}") if name else None
    if deployment is None or deployment.properties.get("provisioningState") in _NOT_SERVING:
        raise errors.deployment_not_found()
    is_unmade = deployment.internal.get(NEVER_MADE) and call.leans_on("failed-creations-do-not-answer")
    if is_unmade or _is_new(call, deployment):
        raise errors.deployment_not_found()
    if deployment.properties.get("deploymentState") == "Paused" and call.leans_on("paused-deployments-are-locked"):
        raise errors.deployment_paused(deployment.name)
    model = str(deployment.internal.get("servedModel") or deployment.properties["model"]["name"])
    known = (str(deployment.internal.get("baseName", "")), str(deployment.internal.get("baseVersion", "")))
    base = find_base_model(*known, call.world.clock.now())
    if base is not None and base.is_retired(call.world.clock.now()) and call.leans_on("retired-models-are-gone"):
        raise errors.model_retired(base.name)
    if base is not None and operation not in base.operations and call.leans_on("models-have-operations"):
        raise errors.operation_not_supported(operation, base.name)
    return Target(account=account, deployment=deployment, model=model, base=base)


def _is_new(call: Call, deployment: Resource) -> bool:
    made = (deployment.body.get("systemData") or {}).get("createdAt")
    seconds = call.world.settings.get_seconds("deploymentReadySeconds")
    if made is None or not seconds:
        return False
    is_young = parse_time(made) + timedelta(seconds=seconds) > call.world.clock.now()
    return is_young and call.leans_on("new-deployments-are-not-found-yet")
