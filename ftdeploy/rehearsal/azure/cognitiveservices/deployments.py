"""Deployments: long-running writes, one at a time for each account.

Not emulated: priority tier, If-Match, automatic upgrades of base models.
"""

from __future__ import annotations

from dataclasses import replace

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.cognitiveservices import errors, refusals
from ftdeploy.rehearsal.azure.cognitiveservices.accounts import check_idle, check_ready, get_account_of, render_location
from ftdeploy.rehearsal.azure.cognitiveservices.checks import (
    check_deployable,
    check_limits,
    check_model,
    check_named,
    find_offer,
)
from ftdeploy.rehearsal.azure.cognitiveservices.lifetimes import plan_end
from ftdeploy.rehearsal.azure.cognitiveservices.models import Wish, make_etag, read_object, read_wish, stamp
from ftdeploy.rehearsal.azure.cognitiveservices.pauses import read_state
from ftdeploy.rehearsal.azure.cognitiveservices.quota import render_pool
from ftdeploy.rehearsal.azure.cognitiveservices.sources import DeployableModel, check_source, describe_model, find_model
from ftdeploy.rehearsal.azure.cognitiveservices.types import DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.cognitiveservices.witness import Offer
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.operations import Action, Operation
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.resourcemanager.errors import resource_not_found
from ftdeploy.rehearsal.azure.resourcemanager.replies import render_result_headers, render_status_headers
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.world import World

_MODEL_KEYS = ("format", "name", "version", "source", "sourceAccount", "publisher")
_KEPT = ("raiPolicyName", "versionUpgradeOption", "parentDeploymentName", "spilloverDeploymentName", "serviceTier")


def put_deployment(call: Call, path: ArmPath) -> Reply:
    """Create (201) or update (200); the body says Creating, Updating or Accepted while it runs."""
    call.needs("deployment-writes-are-long")
    account = get_account_of(call, path)
    body = call.read_json()
    wish = read_wish(body)
    read_object(body, "tags")
    if not body.get("sku"):
        call.needs("sku-at-the-root")
    check_source(call, wish, path.id)
    check_ready(call, account)
    check_idle(call, account)
    existing = call.world.resources.find(path.id)
    _check_state(call, existing)
    model = find_model(call, wish, account.id)
    check_model(call, wish, model)
    check_named(call, body, wish, account)
    if existing is None:
        check_limits(call, wish, model, path)
    offer = check_deployable(call, wish, model, path=path, location=account.location)
    resource = build_deployment(existing.id if existing else f"{account.id}/deployments/{path.name}", body, wish)
    resource.properties["deploymentState"] = read_state(call, body, wish, existing)
    describe(resource, model, offer, location=account.location)
    resource.body["systemData"] = stamp(call, existing)
    operation = _begin(call, resource, existing, account)
    headers = render_status_headers(call, operation, parent=render_location(account))
    return Reply(status=200 if existing else 201, body=_get(call, path).render(), headers=headers)


def patch_deployment(call: Call, path: ArmPath) -> Reply:
    """Change tags and sku: 202, and the result at Location."""
    account = get_account_of(call, path)
    existing = _get(call, path)
    sent = call.read_json()
    other = next((key for key in sent if key not in ("tags", "sku")), None)
    if other is not None and call.leans_on("patch-takes-tags-and-sku"):
        raise errors.only_tags_and_sku(other)
    read_object(sent, "tags")
    check_idle(call, account)
    _check_state(call, existing)
    body = _lay_over(existing.body, sent)
    wish = read_wish(body)
    model = find_model(call, wish, account.id)
    offer = check_deployable(call, wish, model, path=path, location=account.location)
    sku = {"name": wish.sku, "capacity": wish.capacity}
    resource = replace(existing, body={**body, "sku": sku, "systemData": stamp(call, existing)})
    describe(resource, model, offer, location=account.location)
    operation = _begin(call, resource, existing, account)
    headers = render_result_headers(call, operation, parent=render_location(account))
    return Reply(status=202, body=_get(call, path).render(), headers=headers)


def _check_state(call: Call, existing: Resource | None) -> None:
    is_failed = existing is not None and existing.properties.get("provisioningState") == "Failed"
    if existing is not None and is_failed and call.leans_on("failed-deployments-are-deleted-first"):
        raise refusals.deployment_failed(existing.name)


def _begin(call: Call, resource: Resource, existing: Resource | None, account: Resource) -> Operation:
    """Save, plan its end, and begin; another model takes longer and lets the old one answer meanwhile."""
    world = call.world
    is_moved = existing is not None and existing.properties["model"] != resource.properties["model"]
    if existing is not None and is_moved and call.leans_on("another-model-is-an-update"):
        resource.internal["servedModel"] = existing.properties["model"]["name"]
    world.resources.save(resource)
    plan_end(world, resource)
    action: Action = "create" if existing is None else "migrate" if is_moved else "update"
    extra = world.settings.get_seconds("modelChangeSeconds") if is_moved else 0.0
    return world.operations.begin(action, resource.id, lock=account.id, extra_seconds=extra)


def _lay_over(body: Json, sent: Json) -> Json:
    """A body with parts replaced: tags as a whole, sku and properties key by key."""
    parts = {key: {**body[key], **read_object(sent, key)} for key in ("sku", "properties")}
    return {**body, **sent, **parts}


def get_deployment(call: Call, path: ArmPath) -> Reply:
    """One deployment."""
    return Reply(body=_get(call, path).render())


def list_deployments(call: Call, path: ArmPath) -> Reply:
    """Every deployment of the account."""
    found = call.world.resources.list_children(path.parent, DEPLOYMENT_TYPE)
    return Reply(body=page(call, (each.render() for each in found)))


def delete_deployment(call: Call, path: ArmPath) -> Reply:
    """202 until it is gone; 204 when there was none. Holds the account while it runs."""
    call.needs("deployment-writes-are-long")
    account = get_account_of(call, path)
    existing = call.world.resources.find(path.id)
    if existing is None:
        call.needs("deleting-nothing-is-204")
        return Reply(status=204)
    check_idle(call, account)
    operation = call.world.operations.begin("delete", existing.id, lock=account.id)
    return Reply(status=202, headers=render_result_headers(call, operation, parent=render_location(account)))


def build_deployment(resource_id: str, body: Json, wish: Wish) -> Resource:
    """A deployment as Azure would answer it; of `body` only what Azure keeps."""
    sent: Json = body.get("properties") or {}
    model = {key: value for key, value in (sent.get("model") or {}).items() if key in _MODEL_KEYS}
    properties: Json = {
        "model": model,
        "versionUpgradeOption": "OnceNewDefaultVersionAvailable",
        **{key: sent[key] for key in _KEPT if sent.get(key) is not None},
        "capabilities": {"chatCompletion": "true"},
        "currentCapacity": wish.capacity,
        "deploymentState": "Running",
        "provisioningState": "Succeeded",
    }
    answered = {"sku": {"name": wish.sku, "capacity": wish.capacity}, "properties": properties, "etag": make_etag()}
    return Resource(id=resource_id, type=DEPLOYMENT_TYPE, body={**answered, "tags": body.get("tags") or {}})


def describe_given(world: World, resource: Resource, *, account_id: str, location: str) -> None:
    """Note for a deployment of the scenario what a request would have noted; nothing is refused."""
    wish = read_wish(resource.body)
    model = describe_model(world, wish, account_id) or DeployableModel(base_name="", is_fine_tuned=True, base=None)
    describe(resource, model, find_offer(wish, model, location), location=location)
    plan_end(world, resource)


def describe(resource: Resource, model: DeployableModel, offer: Offer | None, *, location: str) -> None:
    """Note what a deployment is made of and counts against."""
    resource.internal = {
        "location": location,
        "baseName": model.base_name,
        "baseVersion": model.base.version if model.base else "",
        "isFineTuned": model.is_fine_tuned,
        "usageName": offer.usage_name if offer else "",
    }
    if offer is not None:
        pool = render_pool(offer.usage_name, subscription=resource.path.subscription, location=location)
        resource.lookup = pool
    if not resource.properties["model"].get("version"):
        resource.properties["model"]["version"] = "1" if model.is_fine_tuned or not model.base else model.base.version
    capacity = resource.body["sku"]["capacity"]
    resource.properties["currentCapacity"] = capacity
    if offer is not None and not offer.is_provisioned and model.base is not None:
        resource.properties["rateLimits"] = [
            {"key": "request", "renewalPeriod": 60, "count": capacity * model.base.rpm_per_unit},
            {"key": "token", "renewalPeriod": 60, "count": capacity * 1000},
        ]


def _get(call: Call, path: ArmPath) -> Resource:
    found = call.world.resources.find(path.id)
    if found is None:
        raise resource_not_found(path)
    return found
