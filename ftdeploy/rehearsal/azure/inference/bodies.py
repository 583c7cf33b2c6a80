"""What the bodies of model calls have alike, and server-sent events."""

from __future__ import annotations

import json

from ftdeploy.rehearsal.azure.call import Json
from ftdeploy.rehearsal.azure.inference import errors

_SHAPES: dict[str, tuple[str, type | tuple[type, ...]]] = {
    "metadata": ("object", dict),
    "stop": ("array", (str, list)),
    "stream_options": ("object", dict),
    "text": ("object", dict),
    "tools": ("array", list),
}


def check_shapes(body: Json) -> None:
    """Let arguments pass whose parts are looked at.

    Raises:
        AzureError: 400; one is no array, or no object.
    """
    for name, (word, kinds) in _SHAPES.items():
        if body.get(name) is not None and not isinstance(body[name], kinds):
            raise errors.bad_request(f"{body[name]!r} is not of type '{word}' - '{name}'")
    for number, tool in enumerate(body.get("tools") or ()):
        if not isinstance(tool, dict):
            raise errors.bad_request(f"{tool!r} is not of type 'object' - 'tools.{number}'")


def read_count(body: Json, name: str, default: int) -> int:
    """A whole number above 0.

    Raises:
        AzureError: 400; it is something else.
    """
    found = body.get(name)
    if found is None:
        return default
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise errors.bad_request(f"{found!r} is less than the minimum of 1 - '{name}'")
    return found


def read_maximum(body: Json, *names: str) -> int | None:
    """The first of several numbers that is given, as read_count; None when none is."""
    return next((read_count(body, name, 1) for name in names if body.get(name) is not None), None)


def read_stops(body: Json) -> tuple[str, ...]:
    """Where an answer ends."""
    found = body.get("stop") or ()
    return (found,) if isinstance(found, str) else tuple(str(each) for each in found)


def render_certain(token: str, alternatives: int) -> Json:
    """A token with its log probability, which is 0: it is certain, and the only alternative to itself."""
    told = {"token": token, "logprob": 0.0, "bytes": list(token.encode())}
    return {**told, "top_logprobs": [told] * alternatives}


def render_event(body: Json, name: str = "") -> str:
    """A server-sent event, with a name of its own or without."""
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(body)}\n\n"
