"""Files of training examples, as small as they can be, and sending them."""

from __future__ import annotations

import json
from typing import Any

import httpx

from ftdeploy.rehearsal.probe.plane import Plane
from ftdeploy.rehearsal.probe.wire import Exchange

CHAT = {
    "messages": [{"role": "user", "content": "Which sea is deepest?"}, {"role": "assistant", "content": "The Pacific."}]
}
PREFERENCE = {
    "input": {"messages": [{"role": "user", "content": "Which sea is deepest?"}]},
    "preferred_output": [{"role": "assistant", "content": "The Pacific."}],
    "non_preferred_output": [{"role": "assistant", "content": "No idea."}],
}
TYPE = "application/octet-stream"
_PATIENCE_SECONDS = 900
_UNDER_WAY = ("pending", "notrunning", "running", "uploaded")


def write_lines(example: dict[str, Any], *, count: int = 10) -> bytes:
    """The same example so many times, with the byte order mark that Microsoft's pages ask for."""
    return b"\xef\xbb\xbf" + f"{json.dumps(example)}\n".encode() * count


def send_file(
    plane: Plane, content: bytes = b"", *, name: str = "train.jsonl", purpose: str = "fine-tune", kind: str = TYPE
) -> Exchange:
    """Send a file of ten examples, or another; at the pace that the account takes."""
    files = {"file": (name, content or write_lines(CHAT), kind)}
    sent, waited_seconds = plane.ask("POST", "/files", form={"purpose": purpose}, files=files), 0.0
    while sent.status == httpx.codes.TOO_MANY_REQUESTS and waited_seconds < _PATIENCE_SECONDS:
        waited_seconds += plane.wire.rest(sent)
        sent = plane.ask("POST", "/files", form={"purpose": purpose}, files=files)
    return sent


def check_file(plane: Plane, sent: Exchange) -> dict[str, Any]:
    """What the service says of a file when it has looked at it.

    Raises:
        TimeoutException: it does not say within a quarter of an hour.
    """

    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = plane.ask("GET", f"/files/{sent.body['id']}").body
        return None if str(found["status"]).lower() in _UNDER_WAY else found

    checked = plane.wire.wait(look, limit_seconds=_PATIENCE_SECONDS)
    if checked is None:
        raise httpx.TimeoutException("the file is not checked after 15 minutes")
    return checked


def forget(plane: Plane, sent: Exchange) -> None:
    """Delete a file that was sent, if it was taken."""
    name = (sent.body or {}).get("id") if isinstance(sent.body, dict) else None
    if name:
        plane.ask("DELETE", f"/files/{name}")
