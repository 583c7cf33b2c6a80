"""One request from start to end: a transaction, a handler, an answer, and a note of what was asked."""

from __future__ import annotations

import json
import re
from typing import Any

from ftdeploy.rehearsal.azure.activity import Act
from ftdeploy.rehearsal.azure.call import VERBS, Call, Handler, Reply
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.due import settle
from ftdeploy.rehearsal.azure.errors import Refusal
from ftdeploy.rehearsal.azure.ids import parse_arm_path
from ftdeploy.rehearsal.azure.mishaps import spoil

_SECRET_NAME = re.compile(r"secret|password|connectionstring|accesskey|apikey|token", re.IGNORECASE)


def serve(handler: Handler, call: Call, *, is_noted: bool) -> Reply:
    """The answer; everything it changed is kept when this returns, and nothing when it raises.

    A refusal undoes what the handler did, but not that operations ended in time, nor the note.

    Args:
        handler: what answers.
        call: the request.
        is_noted: whether it goes into the list of requests, as those to Resource Manager do.
    """
    store = call.world.store
    with store.transaction():
        call.world.switches.take_leaned()  # of a request that a defect broke off
        settle(call.world)
        fault = call.world.faults.take(call.method, call.path)
        try:
            with store.attempt():
                reply = (spoil(handler, fault) if fault else handler)(call)
            code = None
        except Refusal as refusal:
            reply = Reply(status=refusal.status, body=refusal.render(call.world.clock.now()), headers=refusal.headers)
            code = refusal.code
        number = find_last_number(call) + 1
        if is_noted:
            store.write("INSERT INTO requests VALUES (?, ?)", number, json.dumps(_describe(call, reply, code)))
            _note_activity(call, reply, code)
        for behaviour in sorted(call.world.switches.take_leaned()):
            store.write("INSERT OR REPLACE INTO leaned VALUES (?, ?)", behaviour, number)
    return reply


def _note_activity(call: Call, reply: Reply, code: str | None) -> None:
    """The activity log has every write of somebody whose token counted, refused ones included."""
    if call.method in ("GET", "HEAD") or call.caller is None:
        return
    path = parse_arm_path(call.path)
    call.world.activity.note(
        Act(
            at=call.world.clock.now(),
            resource=path.id if path.name else path.parent,
            operation=f"{path.type}/{VERBS.get(call.method, 'action')}",
            status="Failed" if code else "Succeeded",
            http_status=reply.status,
            caller=call.caller.object_id,
            is_azure=False,
            reason=code or "",
        )
    )


def redact(value: object) -> object:
    """A body without the values whose names say that they are secret."""
    if isinstance(value, dict):
        return {key: "***" if _SECRET_NAME.search(key) else redact(each) for key, each in value.items()}
    if isinstance(value, list):
        return [redact(each) for each in value]
    return value


def find_last_number(call: Call) -> int:
    """The number of the last request that was noted, or that leaned on a behaviour without being noted."""
    numbers = "SELECT (SELECT max(n) FROM requests) AS noted, (SELECT max(n) FROM leaned) AS leaned"
    row = call.world.store.find_row(numbers)
    return max(row["noted"] or 0, row["leaned"] or 0) if row else 0


def _describe(call: Call, reply: Reply, code: str | None) -> dict[str, Any]:
    return {
        "time": render_time(call.world.clock.now()),
        "method": call.method,
        "path": call.path,
        "query": dict(call.query),
        "body": redact(_read_body(call)),
        "status": reply.status,
        "code": code,
        "auxiliaryTenants": call.auxiliary_tenants,
    }


def _read_body(call: Call) -> object:
    if not call.body:
        return None
    try:
        found: object = json.loads(call.body)
    except ValueError:
        return {"unreadable": len(call.body)}
    return found
