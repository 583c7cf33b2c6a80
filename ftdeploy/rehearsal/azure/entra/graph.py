"""As much of Microsoft Graph as clients ask around role assignments: who has this id, which application is this.

Not emulated: people, groups, writes, permissions, paging, other filters and everything else.
"""

from __future__ import annotations

import re
from sqlite3 import Row

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import AzureError, not_emulated
from ftdeploy.rehearsal.azure.tokens import BadToken, Caller

# The first is what the emulator's own address means: clients that take it for Graph's get tokens for that.
_AUDIENCES = ("https://management.azure.com", "https://graph.microsoft.com")
_FILTER = re.compile(r"(?:appId|id|displayName) eq '([^']*)'|servicePrincipalNames/any\(\w+: ?\w+ eq '([^']*)'\)")
_COLUMNS = {"appid": "client_id", "id": "object_id", "displayname": "name", "serviceprincipalnames": "client_id"}


def list_by_ids(call: Call) -> Reply:
    """`{"ids": […]}` to those that the tenant has; others are left out."""
    caller = _authenticate(call)
    wanted = {str(each).lower() for each in call.read_json().get("ids") or ()}
    rows = call.world.store.list_rows("SELECT * FROM principals WHERE tenant = ? ORDER BY rowid", caller.tenant)
    return _reply([each for each in rows if str(each["object_id"]).lower() in wanted])


def list_service_principals(call: Call) -> Reply:
    """Those of the tenant, all or by one property."""
    caller = _authenticate(call)
    text = call.query.get("$filter", "")
    match = _FILTER.fullmatch(text)
    if text and match is None:
        raise not_emulated(f"the filter {text}")
    column = _COLUMNS[re.split(r"[ /]", text)[0].lower()] if match else ""
    value = (match[1] or match[2] or "").lower() if match else ""
    rows = call.world.store.list_rows("SELECT * FROM principals WHERE tenant = ? ORDER BY rowid", caller.tenant)
    return _reply([each for each in rows if not column or str(each[column]).lower() == value])


def _authenticate(call: Call) -> Caller:
    call.needs("directory-can-be-read")
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise AzureError(401, "InvalidAuthenticationToken", "Access token is empty.")
    try:
        return call.world.tokens.verify(token.strip(), _AUDIENCES)
    except BadToken as error:
        raise AzureError(401, "InvalidAuthenticationToken", "Access token validation failure.") from error


def _reply(rows: list[Row]) -> Reply:
    return Reply(body={"value": [_render(each) for each in rows]})


def _render(row: Row) -> Json:
    return {
        "@odata.type": "#microsoft.graph.servicePrincipal",
        "id": row["object_id"],
        "appId": row["client_id"],
        "displayName": row["name"],
        "servicePrincipalNames": [row["client_id"]],
        "servicePrincipalType": "ManagedIdentity" if row["is_identity"] and not row["secret"] else "Application",
    }
