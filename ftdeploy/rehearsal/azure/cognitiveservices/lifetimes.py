"""What Azure deletes by itself: deployments that nobody calls, and those of the developer tier after a day.

Idle means both: older than `idleDays`, and not called for as long. Which calls count is a setting with dated defaults.
Nothing in Azure's API tells a lifetime; the day it is over, the deployment is gone and the model stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from ftdeploy.rehearsal.azure.agenda import Entry
from ftdeploy.rehearsal.azure.clock import parse_time
from ftdeploy.rehearsal.azure.cognitiveservices.types import DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.world import World

IDLE, EXPIRY = "deployment-may-be-idle", "developer-tier-ends"
_IDLE_RULE, _DEVELOPER_RULE = "idle-deployments-are-deleted", "developer-tier-lasts-a-day"
_DEVELOPER_TIER = "developertier"
_SETTINGS = {"developerTierSeconds", "idleDays", "idleGraceSeconds"}


def plan_end(world: World, deployment: Resource) -> None:
    """Plan when Azure looks at a deployment again: when it is made, becomes another SKU, or comes back."""
    for kind in (IDLE, EXPIRY):
        world.agenda.drop(kind, deployment.id)
    created = _get_created(world, deployment)
    if deployment.body["sku"]["name"].lower() == _DEVELOPER_TIER:
        lifetime = timedelta(seconds=world.settings.get_seconds("developerTierSeconds"))
        world.agenda.add(EXPIRY, max(created + lifetime, world.clock.now()), deployment.id)
    elif deployment.internal.get("isFineTuned"):
        soonest = world.clock.now() + timedelta(seconds=world.settings.get_seconds("idleGraceSeconds"))
        world.agenda.add(IDLE, max(created + _get_wait(world), soonest), deployment.id)


def plan_anew(world: World, changed: Iterable[str]) -> None:
    """Plan every end again when settings changed that say how long deployments last."""
    if not _SETTINGS.intersection(changed):
        return
    for deployment in list(world.resources.list_of_type(DEPLOYMENT_TYPE)):
        plan_end(world, deployment)


def end_if_idle(world: World, entry: Entry) -> None:
    """Delete a deployment that was not called for as long as Azure waits, or look again when that could be."""
    deployment = world.resources.find(entry.subject)
    if deployment is None or not world.switches.leans_on(_IDLE_RULE):
        return
    last = world.traffic.find_last(
        deployment.path.parent, deployment.name, world.settings.get_words("operationsThatCountAsUse")
    )
    since = max(last, _get_created(world, deployment)) if last else _get_created(world, deployment)
    ends = since + _get_wait(world)
    if ends > world.clock.now():
        world.agenda.add(IDLE, ends, deployment.id)
    else:
        _delete(world, deployment, f"no calls for {world.settings.get_count('idleDays')} days")


def end_developer_tier(world: World, entry: Entry) -> None:
    """Delete a deployment of the developer tier, called or not."""
    deployment = world.resources.find(entry.subject)
    if deployment is not None and world.switches.leans_on(_DEVELOPER_RULE):
        _delete(world, deployment, "the developer tier lasts 24 hours")


def _delete(world: World, deployment: Resource, reason: str) -> None:
    if not world.switches.leans_on("azure-deletes-at-once"):
        return
    world.activity.note_of_azure(deployment.id, f"{DEPLOYMENT_TYPE}/delete", reason)
    world.resources.delete(deployment.id)


def _get_created(world: World, deployment: Resource) -> datetime:
    text = (deployment.body.get("systemData") or {}).get("createdAt")
    return parse_time(text) if text else world.clock.now()


def _get_wait(world: World) -> timedelta:
    """From the last call, or from the beginning, to the deletion."""
    grace = timedelta(seconds=world.settings.get_seconds("idleGraceSeconds"))
    return timedelta(days=world.settings.get_count("idleDays")) + grace
