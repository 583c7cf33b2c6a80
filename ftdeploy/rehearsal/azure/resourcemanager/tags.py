"""The tags of a resource or group, as a resource of their own.

Not emulated: those of subscriptions, and the lists of names and values in use.
"""

from __future__ import annotations

from dataclasses import replace

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import AzureError, not_emulated
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resources import Resource

TYPE = "Microsoft.Resources/tags"


def get_tags(call: Call, path: ArmPath) -> Reply:
    """Those that there are."""
    return _render(path, _find(call, path))


def put_tags(call: Call, path: ArmPath) -> Reply:
    """All of them anew."""
    return _save(call, path, _find(call, path), _read(call.read_json()))


def patch_tags(call: Call, path: ArmPath) -> Reply:
    """`{"operation": "Merge" | "Replace" | "Delete", "properties": {"tags": {…}}}`; a tag goes by name and value."""
    sent = call.read_json()
    resource, tags = _find(call, path), _read(sent)
    before = resource.body.get("tags") or {}
    operation = str(sent.get("operation"))
    if operation == "Delete":
        return _save(call, path, resource, {key: value for key, value in before.items() if tags.get(key) != value})
    if operation not in {"Merge", "Replace"}:
        raise AzureError(400, "InvalidRequestContent", f"The operation '{operation}' is not Merge, Replace or Delete.")
    return _save(call, path, resource, {**before, **tags} if operation == "Merge" else tags)


def delete_tags(call: Call, path: ArmPath) -> Reply:
    """None any more."""
    _save(call, path, _find(call, path), {})
    return Reply(status=200)


def _read(sent: Json) -> Json:
    return dict((sent.get("properties") or {}).get("tags") or {})


def _find(call: Call, path: ArmPath) -> Resource:
    found = call.world.resources.find(path.parent)
    if found is None:
        raise not_emulated("tags of subscriptions")
    return found


def _save(call: Call, path: ArmPath, resource: Resource, tags: Json) -> Reply:
    changed = replace(resource, body={**resource.body, "tags": tags})
    call.world.resources.save(changed)
    return _render(path, changed)


def _render(path: ArmPath, resource: Resource) -> Reply:
    head = {"id": path.id, "name": "default", "type": TYPE}
    return Reply(body={**head, "properties": {"tags": resource.body.get("tags") or {}}})
