"""How operations are going.

Not emulated: template deployments, moving resources.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.cognitiveservices.accounts import render_account
from ftdeploy.rehearsal.azure.cognitiveservices.types import ACCOUNT_TYPE
from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.operations import Operation


def get_operation(call: Call, path: ArmPath) -> Reply:
    """Body of an Azure-AsyncOperation address."""
    operation = _get(call, path)
    body = {
        "id": path.id,
        "name": operation.id,
        "status": operation.status,
        "startTime": render_time(operation.started),
    }
    if operation.is_running:
        return Reply(body=body, headers=call.world.operations.render_wait())
    ended = {**body, "endTime": render_time(operation.ends)}
    if operation.failure is None:
        return Reply(body=ended)
    return Reply(body={**ended, "error": {"code": operation.failure.code, "message": operation.failure.message}})


def get_operation_result(call: Call, path: ArmPath) -> Reply:
    """Answer of a Location address: 202 while it runs, then the resource, nothing when it is gone, or the failure.

    Azure says 4xx or 5xx then; 409 is one that clients do not try again.
    """
    operation = _get(call, path)
    if operation.is_running:
        headers = {"Location": f"{call.base_url}{path.id}?api-version={call.query.get('api-version', '')}"}
        return Reply(status=202, headers={**headers, **call.world.operations.render_wait()})
    if operation.failure is not None:
        raise AzureError(409, operation.failure.code, operation.failure.message)
    resource = None if operation.action == "delete" else call.world.resources.find(operation.target)
    if resource is None:
        return Reply(status=204)
    return Reply(body=render_account(call, resource) if resource.type == ACCOUNT_TYPE else resource.render())


def _get(call: Call, path: ArmPath) -> Operation:
    operation = call.world.operations.get(path.name)
    if operation is None or parse_arm_path(operation.target).subscription != path.subscription:
        raise AzureError(404, "OperationNotFound", f"The operation '{path.name}' was not found.")
    return operation
