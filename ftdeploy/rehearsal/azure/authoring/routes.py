"""Each call has two addresses: the dated one with an api-version, and v1 without."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Handler, Reply
from ftdeploy.rehearsal.azure.inference.versions import check_api_version

Route = tuple[str, str, Handler]


def serve_both(method: str, path: str, handler: Handler) -> tuple[Route, Route]:
    """The routes of one call, such as `GET`, `/files/{file}`, for every account."""

    def serve_dated(call: Call) -> Reply:
        check_api_version(call)
        return handler(call)

    return (
        (method, f"/accounts/{{account}}/openai/v1{path}", handler),
        (method, f"/accounts/{{account}}/openai{path}", serve_dated),
    )


def build_location(call: Call, item_id: str) -> str:
    """Where what was made by this call is found: its own address with an id at the end."""
    return f"{call.base_url}{call.path}/{item_id}"
