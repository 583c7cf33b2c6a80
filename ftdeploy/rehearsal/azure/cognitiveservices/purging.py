"""Deleted accounts by their addresses: listed, read, purged."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.cognitiveservices import errors
from ftdeploy.rehearsal.azure.cognitiveservices.deleted import DELETED_TYPE, DeletedAccount
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.resourcemanager.replies import render_result_headers


def list_deleted(call: Call, path: ArmPath) -> Reply:
    """The subscription's deleted accounts."""
    found = (each for each in call.world.deleted.list_all() if each.account.path.subscription == path.subscription)
    return Reply(body=page(call, (_render(each) for each in found)))


def get_deleted(call: Call, path: ArmPath) -> Reply:
    """One deleted account."""
    found = _find(call, path)
    if found is None:
        raise errors.deleted_account_not_found(path.name)
    return Reply(body=_render(found))


def purge_deleted(call: Call, path: ArmPath) -> Reply:
    """202 until it is purged; 204 when there is none."""
    found = _find(call, path)
    if found is None:
        call.needs("deleting-nothing-is-204")
        return Reply(status=204)
    call.world.deleted.purge(found.account.id)
    operation = call.world.operations.begin("delete", found.id)
    parent = (
        f"/subscriptions/{path.subscription}/providers/Microsoft.CognitiveServices/locations/{found.account.location}"
    )
    return Reply(status=202, headers=render_result_headers(call, operation, parent=parent))


def _find(call: Call, path: ArmPath) -> DeletedAccount | None:
    return next((each for each in call.world.deleted.list_all() if each.id.lower() == path.key), None)


def _render(deleted: DeletedAccount) -> Json:
    dates = {"deletionDate": render_time(deleted.deleted), "scheduledPurgeDate": render_time(deleted.purged)}
    body = deleted.account.body
    properties = {**body.get("properties", {}), **dates}
    return {**body, "id": deleted.id, "name": deleted.account.name, "type": DELETED_TYPE, "properties": properties}
