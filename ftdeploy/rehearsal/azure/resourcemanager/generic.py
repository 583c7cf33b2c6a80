"""Every type without a provider here: kept and answered as sent, so that stacks with more in them can be rehearsed."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import ArmHandler, Call, Json, Reply
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resourcemanager import errors
from ftdeploy.rehearsal.azure.resources import Resource

_BEHAVIOUR = "unknown-types-kept-as-sent"
_NEVER_SENT_BACK = ("id", "name", "type")


def put_resource(call: Call, path: ArmPath, answered: Json | None = None) -> Reply:
    """Keep the body and say that it succeeded; `answered` are properties of Azure's own making."""
    call.needs(_BEHAVIOUR)
    existing = call.world.resources.find(path.id)
    body = {key: value for key, value in call.read_json().items() if key not in _NEVER_SENT_BACK}
    resource = Resource(id=existing.id if existing else path.id, type=path.type, body=body)
    return _save(call, resource, existing, answered or {})


def patch_resource(call: Call, path: ArmPath) -> Reply:
    """Lay the body over what is there, one level deep below `properties`."""
    call.needs(_BEHAVIOUR)
    existing = _get(call, path)
    sent = call.read_json()
    properties = {**existing.properties, **(sent.get("properties") or {})}
    existing.body = {**existing.body, **sent, "properties": properties}
    return _save(call, existing, existing, {})


def get_resource(call: Call, path: ArmPath) -> Reply:
    """What was sent."""
    call.needs(_BEHAVIOUR)
    return Reply(body=_get(call, path).render())


def delete_resource(call: Call, path: ArmPath) -> Reply:
    """Gone at once, with what is in it."""
    call.needs(_BEHAVIOUR)
    existing = call.world.resources.find(path.id)
    if existing is None:
        return Reply(status=204)
    call.world.resources.delete(path.id)
    return Reply(status=200)


def list_resources(call: Call, path: ArmPath) -> Reply:
    """What was sent, at or below the scope."""
    call.needs(_BEHAVIOUR)
    found = call.world.resources.list_of_type(path.type, below=path.parent)
    return Reply(body={"value": [each.render() for each in found]})


def _get(call: Call, path: ArmPath) -> Resource:
    found = call.world.resources.find(path.id)
    if found is None:
        raise errors.resource_not_found(path)
    return found


def _save(call: Call, resource: Resource, existing: Resource | None, answered: Json) -> Reply:
    if not isinstance(resource.body.get("properties"), dict):
        resource.body["properties"] = {}
    resource.properties.update(answered, provisioningState="Succeeded")
    call.world.resources.save(resource)
    return Reply(status=200 if existing else 201, body=resource.render())


ITEMS: dict[str, ArmHandler] = {
    "PUT": put_resource,
    "PATCH": patch_resource,
    "GET": get_resource,
    "DELETE": delete_resource,
}
COLLECTIONS: dict[str, ArmHandler] = {"GET": list_resources}
