"""Resource groups; deleting one is a long-running operation that takes all that is in it.

Not emulated: locks, exporting templates, paging.
"""

from __future__ import annotations

from dataclasses import replace

from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resourcemanager import errors
from ftdeploy.rehearsal.azure.resourcemanager.directory import check_location
from ftdeploy.rehearsal.azure.resourcemanager.replies import render_result_headers
from ftdeploy.rehearsal.azure.resources import Resource, normalize_location

GROUP_TYPE = "Microsoft.Resources/resourceGroups"
PATH_TYPE = "Microsoft.Resources/subscriptions/resourceGroups"


def put_group(call: Call, path: ArmPath) -> Reply:
    """Create or update a group, at once."""
    body = call.read_json()
    location = normalize_location(str(body.get("location") or ""))
    if not location:
        raise errors.location_required()
    check_location(call, location, errors.group_location_unknown)
    existing = call.world.resources.find(path.id)
    if existing is not None and existing.location != location:
        raise errors.group_elsewhere(existing.name, existing.location)
    body = {"location": location, "tags": body.get("tags") or {}, "properties": {"provisioningState": "Succeeded"}}
    group = Resource(id=existing.id if existing else path.id, type=PATH_TYPE, body=body)
    call.world.resources.save(group)
    return Reply(status=200 if existing else 201, body=_render(group))


def patch_group(call: Call, path: ArmPath) -> Reply:
    """Change the tags, as a whole."""
    group, sent = _get(call, path), call.read_json()
    changed = replace(group, body={**group.body, "tags": sent.get("tags") or group.body.get("tags") or {}})
    call.world.resources.save(changed)
    return Reply(body=_render(changed))


def get_group(call: Call, path: ArmPath) -> Reply:
    """One group; HEAD asks whether it exists."""
    if call.method == "HEAD":
        return Reply(status=204 if call.world.resources.find(path.id) else 404)
    return Reply(body=_render(_get(call, path)))


def list_groups(call: Call, path: ArmPath) -> Reply:
    """Every group of the subscription."""
    groups = call.world.resources.list_children(path.parent, PATH_TYPE)
    return Reply(body={"value": [_render(each) for each in groups]})


def delete_group(call: Call, path: ArmPath) -> Reply:
    """202, and the group goes with all that is in it when the operation ends."""
    call.needs("groups-take-their-contents")
    operation = call.world.operations.begin("delete", _get(call, path).id)
    return Reply(status=202, headers=render_result_headers(call, operation, parent=path.parent))


def _get(call: Call, path: ArmPath) -> Resource:
    group = call.world.resources.find(path.id)
    if group is None:
        raise errors.group_not_found(path.name)
    return group


def _render(group: Resource) -> dict[str, object]:
    return {**group.render(), "type": GROUP_TYPE}
