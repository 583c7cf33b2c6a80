"""The headers that tell a client where and when to ask how an operation is going."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.operations import Operation


def render_result_headers(call: Call, operation: Operation, *, parent: str) -> dict[str, str]:
    """`Location`: 202 there while it runs, then the result.

    Args:
        call: the request that began the operation.
        operation: what it began.
        parent: `/subscriptions/…` or `/subscriptions/…/providers/Microsoft.CognitiveServices/locations/…`.
    """
    address = f"{parent}/operationresults/{operation.id}"
    return {"Location": _render_address(call, address), **call.world.operations.render_wait()}


def render_status_headers(call: Call, operation: Operation, *, parent: str) -> dict[str, str]:
    """`Azure-AsyncOperation`: 200 there at all times, with the status in the body."""
    address = f"{parent}/operations/{operation.id}"
    return {"Azure-AsyncOperation": _render_address(call, address), **call.world.operations.render_wait()}


def _render_address(call: Call, path: str) -> str:
    return f"{call.base_url}{path}?api-version={call.query.get('api-version', '')}"
