"""The emulator as a web application: routes in front of handlers, HTTP on one side and records on the other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ftdeploy.rehearsal.azure import admin, arm
from ftdeploy.rehearsal.azure.authoring import urls as authoring
from ftdeploy.rehearsal.azure.call import Call, Handler, Reply
from ftdeploy.rehearsal.azure.entra import urls as entra
from ftdeploy.rehearsal.azure.files import urls as files
from ftdeploy.rehearsal.azure.finetuning import urls as finetuning
from ftdeploy.rehearsal.azure.inference import urls as inference
from ftdeploy.rehearsal.azure.monitor import urls as monitor
from ftdeploy.rehearsal.azure.serving import serve
from ftdeploy.rehearsal.azure.storedcompletions import urls as storedcompletions
from ftdeploy.rehearsal.azure.world import World

_VERBS = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


class Lost(Response):
    """Closes the connection where an answer should come; only behind `server.Protocol`, which knows the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close it, and wait until it is closed."""
        scope["state"]["abort"]()
        while (await receive())["type"] != "http.disconnect":
            pass


def build_app(world: World) -> Starlette:
    """The application; handlers run one after the other on the loop's thread: each request sees the end of the last."""
    providers = (admin, entra, inference, files, finetuning, monitor, storedcompletions, authoring)
    named = [
        Route(path, _build_endpoint(world, handler, is_noted=False), methods=[verb])
        for provider in providers
        for verb, path, handler in provider.ROUTES
    ]
    rest = Route("/{rest:path}", _build_endpoint(world, arm.answer, is_noted=True), methods=_VERBS)
    return Starlette(routes=[*named, rest])


def _build_endpoint(world: World, handler: Handler, *, is_noted: bool) -> Endpoint:
    async def answer(request: Request) -> Response:
        call = Call(
            world=world,
            method=request.method,
            path=request.scope["path"],
            query={key.lower(): value for key, value in request.query_params.items()},
            headers={key.lower(): value for key, value in request.headers.items()},
            parameters={key: str(value) for key, value in request.path_params.items()},
            body=await request.body(),
            base_url=f"https://{request.headers.get('host', '127.0.0.1')}",
        )
        reply = serve(handler, call, is_noted=is_noted and arm.is_management_path(call.path))
        if reply.delay_seconds:
            await asyncio.sleep(reply.delay_seconds)
        return Lost() if reply.is_lost else _render(reply)

    return answer


def _render(reply: Reply) -> Response:
    headers = dict(reply.headers)
    if reply.events is not None:
        return StreamingResponse(
            iter(list(reply.events)), status_code=reply.status, media_type="text/event-stream", headers=headers
        )
    if reply.body is None:
        return Response(reply.content, status_code=reply.status, headers=headers)
    content = json.dumps(reply.body).encode()
    return Response(content, status_code=reply.status, media_type="application/json", headers=headers)
