"""Pause and resume: a paused deployment keeps its place and answers 423."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.cognitiveservices import refusals
from ftdeploy.rehearsal.azure.cognitiveservices.accounts import check_idle, get_account_of
from ftdeploy.rehearsal.azure.cognitiveservices.models import Wish
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.resourcemanager.errors import resource_not_found
from ftdeploy.rehearsal.azure.resources import Resource

_STATES = ("Running", "Paused")
_PAUSABLE = ("Standard", "DataZoneStandard", "GlobalStandard")


def pause(call: Call, path: ArmPath) -> Reply:
    """At once, and again without harm."""
    return _set(call, path, "Paused")


def resume(call: Call, path: ArmPath) -> Reply:
    """At once, and again without harm."""
    return _set(call, path, "Running")


def read_state(call: Call, body: Json, wish: Wish, existing: Resource | None) -> str:
    """What a write makes of it: the state that it sends, or else the one that was.

    Raises:
        AzureError: 400; there is no such state, or the SKU cannot be paused.
    """
    before = existing.properties.get("deploymentState") if existing else None
    state = str((body.get("properties") or {}).get("deploymentState") or before or "Running")
    if state not in _STATES:
        raise refusals.unknown_word("deploymentState", state, _STATES)
    if state == "Paused":
        _check_pausable(call, wish.sku)
    return state


def _check_pausable(call: Call, sku: str) -> None:
    if sku not in _PAUSABLE and call.leans_on("token-deployments-can-be-paused"):
        raise refusals.cannot_pause(sku)


def _set(call: Call, path: ArmPath, state: str) -> Reply:
    parent = parse_arm_path(path.parent)
    deployment = call.world.resources.find(parent.id)
    if deployment is None:
        raise resource_not_found(parent)
    check_idle(call, get_account_of(call, parent))
    _check_pausable(call, str(deployment.body["sku"]["name"]))
    deployment.properties["deploymentState"] = state
    call.world.resources.save(deployment)
    return Reply(body=deployment.render())
