"""The activity log of a subscription, newest first; what Azure did by itself has Azure's name as its caller.

Not emulated: events of service health and alerts, the log of a tenant, HTTP request and claims beyond who and where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from ftdeploy.rehearsal.azure.activity import Act
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.clock import parse_time, render_time
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.monitor import errors
from ftdeploy.rehearsal.azure.paging import page

# The Azure CLI writes moments without quotation marks.
_CLAUSE = re.compile(r"\s*(\w+)\s+(eq|ge|le)\s+('[^']*'|[\d:.tz+-]+)\s*", re.IGNORECASE)
_TIME = "eventtimestamp"
_NAMES = (
    "eventchannels",
    "resourcegroupname",
    "resourceuri",
    "resourceid",
    "resourceprovider",
    "correlationid",
    "caller",
    "status",
)
"""The last two are the Azure CLI's, the others documented: learn.microsoft.com/rest/api/monitor/activity-logs/list."""


def list_activities(call: Call, path: ArmPath) -> Reply:
    """What was changed in a subscription."""
    call.needs("azure-is-its-own-caller")
    start, end, wanted = _read_filter(call)
    found = call.world.activity.list_between(path.subscription, start, end)
    events = [_render(call, each) for each in found if _takes(wanted, each)]
    selected = [each.strip().lower() for each in call.query.get("$select", "").split(",") if each.strip()]
    if selected:
        events = [{key: value for key, value in each.items() if key.lower() in selected} for each in events]
    return Reply(body=page(call, events))


def _read_filter(call: Call) -> tuple[datetime, datetime, dict[str, str]]:
    """From when to when, and what else is asked, by name in lower case."""
    text, now = call.query.get("$filter", ""), call.world.clock.now()
    start, end, wanted = None, now, {}
    for part in re.split(r"\s+and\s+", text.strip(), flags=re.IGNORECASE):
        clause = _CLAUSE.fullmatch(part)
        name, operator = (clause[1].lower(), clause[2].lower()) if clause else ("", "")
        if clause is None or (name == _TIME) == (operator == "eq") or name not in (_TIME, *_NAMES):
            raise errors.bad_request(f"The filter '{text}' is not valid; eventTimestamp ge and le, and a few more, are")
        if operator == "ge":
            start = _read_time(clause[3].strip("'"))
        elif operator == "le":
            end = _read_time(clause[3].strip("'"))
        else:
            wanted[name] = clause[3].strip("'").lower()
    if start is None:
        raise errors.bad_request(f"The filter '{text}' has no start time: eventTimestamp ge '…'")
    oldest = now - timedelta(days=call.world.settings.get_count("activityKeptDays"))
    if start < oldest and call.leans_on("activity-log-goes-back-90-days"):
        raise errors.bad_request(
            f"The start time {render_time(start)} is before {render_time(oldest)}, from when on the log is kept"
        )
    return start, end, wanted


def _read_time(text: str) -> datetime:
    try:
        return parse_time(text)
    except ValueError as error:
        raise errors.bad_request(f"'{text}' is no time in ISO 8601") from error


def _takes(wanted: Mapping[str, str], act: Act) -> bool:
    path = parse_arm_path(act.resource)
    found = {
        "resourcegroupname": path.group,
        "resourceuri": path.key,
        "resourceid": path.key,
        "resourceprovider": act.operation.partition("/")[0],
        "correlationid": act.correlation_id,
        "caller": act.caller,
        "status": act.status,
    }
    return all(found[name].lower() == value.rstrip("/") for name, value in wanted.items() if name in found)


def _render(call: Call, act: Act) -> Json:
    path = parse_arm_path(act.resource)
    provider = act.operation.partition("/")[0]
    at = render_time(act.at)
    claims = "http://schemas.microsoft.com/identity/claims"
    tenant = call.world.find_tenant_of(path.subscription) or ""
    who = {} if act.is_azure else {f"{claims}/objectidentifier": act.caller, f"{claims}/tenantid": tenant}
    properties = {"statusCode": str(act.http_status), "entity": act.resource, "message": act.operation}
    if act.reason:
        properties["statusMessage" if act.status == "Failed" else "reason"] = act.reason
    return {
        "authorization": {"action": act.operation, "scope": act.resource},
        "caller": act.caller,
        "channels": "Operation",
        "claims": who,
        "correlationId": act.correlation_id,
        "description": "",
        "eventDataId": act.correlation_id,
        "eventName": _name("EndRequest", "End request"),
        "category": _name("Administrative"),
        "eventTimestamp": at,
        "id": f"{act.resource}/events/{act.correlation_id}/ticks/{int(act.at.timestamp())}",
        "level": "Error" if act.status == "Failed" else "Informational",
        "operationId": act.correlation_id,
        "operationName": _name(act.operation),
        "resourceGroupName": path.group,
        "resourceProviderName": _name(provider),
        "resourceType": _name(path.type),
        "resourceId": act.resource,
        "status": _name(act.status),
        "subStatus": _name("" if act.is_azure else str(act.http_status)),
        "submissionTimestamp": at,
        "subscriptionId": path.subscription,
        "tenantId": tenant,
        "properties": properties,
    }


def _name(value: str, shown: str = "") -> Json:
    return {"value": value, "localizedValue": shown or value}
