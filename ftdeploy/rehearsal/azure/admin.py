"""The emulator's own addresses, `/_rehearsal/…`: what happened, what exists, how fast things go. No Azure has them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from ftdeploy.rehearsal.azure.activity import Act
from ftdeploy.rehearsal.azure.behaviours import get_behaviour
from ftdeploy.rehearsal.azure.call import Call, Handler, Reply
from ftdeploy.rehearsal.azure.clock import parse_time, render_time
from ftdeploy.rehearsal.azure.cognitiveservices.lifetimes import plan_anew
from ftdeploy.rehearsal.azure.due import settle
from ftdeploy.rehearsal.azure.errors import AzureError, unreadable_body
from ftdeploy.rehearsal.azure.faults import BadFault
from ftdeploy.rehearsal.azure.finetuning.models import Job, list_ended
from ftdeploy.rehearsal.azure.pouring import BadTraffic, pour
from ftdeploy.rehearsal.azure.serving import find_last_number
from ftdeploy.rehearsal.azure.settings import BadSetting
from ftdeploy.rehearsal.azure.traffic import DeploymentSums
from ftdeploy.rehearsal.azure.world import World

_END = datetime(9000, 1, 1, tzinfo=UTC)
"""How far the clock goes; what is planned from there on still has a date."""


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
    rows = call.world.store.list_rows("SELECT behaviour FROM leaned WHERE n > ? ORDER BY behaviour", _read_after(call))
    return Reply(body={"behaviours": [_render_behaviour(row["behaviour"]) for row in rows]})


def list_resources(call: Call) -> Reply:
    """Everything that exists, groups and role assignments included."""
    found = call.world.resources.list_below()
    return Reply(body={"resources": [{"id": each.id, "type": each.type, "given": each.is_given} for each in found]})


def get_settings(call: Call) -> Reply:
    """Every setting as it is now; with `?only=changed` those that are not as they are by default."""
    return Reply(body=call.world.settings.render(only_changed=call.query.get("only") == "changed"))


def put_settings(call: Call) -> Reply:
    """Change settings, all that are sent or none."""
    try:
        sent = call.read_json()
        for name, value in sent.items():
            call.world.settings.put(name, value)
        plan_anew(call.world, sent)
    except BadSetting as error:
        raise AzureError(400, "BadSettings", str(error)) from error
    return get_settings(call)


def get_clock(call: Call) -> Reply:
    """What time it is here, and how far ahead of the machine's."""
    return Reply(body=_render_clock(call.world))


def put_clock(call: Call) -> Reply:
    """Move the clock to `{"now": "…"}` or by `{"advanceSeconds": …}`, only ahead; what comes due happens meanwhile."""
    sent = call.read_json()
    before = call.world.clock.now()
    seconds = _read_seconds(sent, before)
    if seconds < 0:
        raise AzureError(400, "BadClock", f"it is {render_time(before)} already: the clock only goes forward")
    if not seconds <= (_END - before).total_seconds():
        raise AzureError(400, "BadClock", f"no moment after {render_time(_END)} is known")
    last = call.world.activity.find_last_number()
    ended = {each.id for each in list_ended(call.world)}
    call.world.move_clock(seconds)
    settle(call.world)
    acts = [_render_act(each) for each in call.world.activity.list_after(last)]
    jobs = [_render_job(each) for each in list_ended(call.world) if each.id not in ended]
    happened = sorted([*acts, *jobs], key=lambda each: str(each["at"]))
    return Reply(body={**_render_clock(call.world), "before": render_time(before), "happened": happened})


def list_faults(call: Call) -> Reply:
    """The faults that are set, and what they did."""
    return Reply(body={"faults": call.world.faults.list_all()})


def put_fault(call: Call) -> Reply:
    """Set a fault: `{"kind": "429", "route": "PUT */deployments/*", "count": 2}`."""
    try:
        return Reply(status=201, body=call.world.faults.add(call.read_json()))
    except BadFault as error:
        raise AzureError(400, "BadFault", str(error)) from error


def get_traffic(call: Call) -> Reply:
    """The model calls that were kept, by deployment."""
    return Reply(body={"deployments": [_render_sums(each) for each in call.world.traffic.summarize()]})


def put_traffic(call: Call) -> Reply:
    """Pour in model calls: `{"account": "contoso-dev", "deployment": "bot", "calls": 1000, "from": "2026-11-01"}`."""
    try:
        sent = json.loads(call.body)
        return Reply(status=201, body={"calls": pour(call.world, sent)})
    except BadTraffic as error:
        raise AzureError(400, "BadTraffic", str(error)) from error
    except ValueError as error:
        raise unreadable_body(str(error)) from error


def clear_faults(call: Call) -> Reply:
    """Forget every fault, or the one whose number the path ends with."""
    number = call.parameters.get("number")
    cleared = call.world.faults.clear(None if number is None else int(number))
    return Reply(body={"cleared": cleared})


def _render_sums(sums: DeploymentSums) -> dict[str, Any]:
    moments = {"first": render_time(sums.first), "last": render_time(sums.last)}
    figures = {"calls": sums.calls, "failed": sums.failed, "tokens": sums.tokens}
    return {"account": sums.account, "deployment": sums.deployment, **figures, **moments}


def _render_clock(world: World) -> dict[str, Any]:
    return {"now": render_time(world.clock.now()), "aheadSeconds": round(world.clock.ahead_seconds, 3)}


def _render_act(act: Act) -> dict[str, Any]:
    return {"at": render_time(act.at), "resource": act.resource, "operation": act.operation, "reason": act.reason}


def _render_job(job: Job) -> dict[str, Any]:
    """The end of a fine-tuning job, which no activity log of Azure has."""
    at = render_time(datetime.fromtimestamp(job.body["finished_at"], UTC))
    resource = f"{job.account}/fine_tuning/jobs/{job.id}"
    return {"at": at, "resource": resource, "operation": job.body["object"], "reason": job.status}


def _read_seconds(sent: dict[str, Any], now: datetime) -> float:
    """How far ahead a request moves the clock; below 0 for a moment that has passed."""
    if set(sent) == {"advanceSeconds"} and isinstance(sent["advanceSeconds"], (int, float)):
        return float(sent["advanceSeconds"])
    if set(sent) == {"now"}:
        try:
            return (parse_time(str(sent["now"])) - now).total_seconds()
        except ValueError as error:
            raise AzureError(400, "BadClock", f"now is a moment in time, not '{sent['now']}'") from error
    raise AzureError(400, "BadClock", 'the clock takes {"now": "2026-12-24T00:00:00Z"} or {"advanceSeconds": 3600}')


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
    ("GET", "/_rehearsal/settings", get_settings),
    ("PUT", "/_rehearsal/settings", put_settings),
    ("GET", "/_rehearsal/clock", get_clock),
    ("PUT", "/_rehearsal/clock", put_clock),
    ("GET", "/_rehearsal/faults", list_faults),
    ("PUT", "/_rehearsal/faults", put_fault),
    ("GET", "/_rehearsal/traffic", get_traffic),
    ("PUT", "/_rehearsal/traffic", put_traffic),
    ("DELETE", "/_rehearsal/faults", clear_faults),
    ("DELETE", "/_rehearsal/faults/{number:int}", clear_faults),
)
