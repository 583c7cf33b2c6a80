"""The emulator's own addresses, `/_rehearsal/…`: what happened, what exists, how fast things go. No Azure has them."""

from __future__ import annotations

import json
from typing import Any

from ftdeploy.rehearsal.azure.behaviours import get_behaviour
from ftdeploy.rehearsal.azure.call import Call, Handler, Reply
from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.serving import find_last_number


def get_health(call: Call) -> Reply:
    """Whether it serves."""
    return Reply(body={"status": "ok"})


def list_requests(call: Call) -> Reply:
    """The Resource Manager requests after number `after`."""
    rows = call.world.store.list_rows("SELECT * FROM requests WHERE n > ? ORDER BY n", _read_after(call))
    requests = [{"n": row["n"], **json.loads(row["entry"])} for row in rows]
    return Reply(body={"requests": requests, "last": find_last_number(call)})


def list_behaviours(call: Call) -> Reply:
    """The behaviours that anything after request `after` leaned on."""
    rows = call.world.store.list_rows(
        "SELECT DISTINCT behaviour FROM leaned WHERE n > ? ORDER BY behaviour", _read_after(call)
    )
    return Reply(body={"behaviours": [_render_behaviour(row["behaviour"]) for row in rows]})


def list_resources(call: Call) -> Reply:
    """Everything that exists, groups and role assignments included."""
    found = call.world.resources.list_below()
    return Reply(body={"resources": [{"id": each.id, "type": each.type, "given": each.is_given} for each in found]})


def put_settings(call: Call) -> Reply:
    """Change how long operations take that begin from now on."""
    sent = call.read_json()
    seconds = sent.pop("operationSeconds", call.world.operations.seconds)
    is_number = isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and seconds >= 0
    if sent or not is_number:
        raise AzureError(400, "BadSettings", "settings are: operationSeconds, a number of seconds not below 0")
    call.world.operations.seconds = float(seconds)
    return Reply(body={"operationSeconds": call.world.operations.seconds})


def _read_after(call: Call) -> int:
    text = call.query.get("after") or "0"
    if not text.isdigit():
        raise AzureError(400, "BadQuery", f"after is a request's number, not '{text}'")
    return int(text)


def _render_behaviour(behaviour_id: str) -> dict[str, Any]:
    found = get_behaviour(behaviour_id)
    return {"id": found.id, "tag": str(found.tag), "title": found.title, "source": found.source}


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/_rehearsal/health", get_health),
    ("GET", "/_rehearsal/requests", list_requests),
    ("GET", "/_rehearsal/behaviours", list_behaviours),
    ("GET", "/_rehearsal/resources", list_resources),
    ("PUT", "/_rehearsal/settings", put_settings),
)
