"""Role assignments as resources, and role definitions as answers."""

from __future__ import annotations

import re
import uuid
from typing import Any

from ftdeploy.rehearsal.azure.rbac import ASSIGNMENT_TYPE, Role, name_lookup
from ftdeploy.rehearsal.azure.resources import Resource, Resources

_FILTER = re.compile(
    r"(principalId|assignedTo\(|roleName) ?(?:eq )?\(?(?:'([^']*)'|([0-9a-f-]{36}))\)?\)?", re.IGNORECASE
)


def build_assignment(scope: str, name: str, properties: dict[str, Any]) -> Resource:
    """A role assignment at a scope, ready to be saved."""
    return Resource(
        id=f"{scope}/providers/{ASSIGNMENT_TYPE}/{name}",
        type=ASSIGNMENT_TYPE,
        body={"properties": {**properties, "scope": scope or "/"}},
        lookup=name_lookup(str(properties["principalId"])),
    )


def render_definition_id(role: Role, subscription: str) -> str:
    """`/subscriptions/…/providers/Microsoft.Authorization/roleDefinitions/<guid>`."""
    head = f"/subscriptions/{subscription}" if subscription else ""
    return f"{head}/providers/Microsoft.Authorization/roleDefinitions/{role.id}"


def render_definition(role: Role, subscription: str) -> dict[str, Any]:
    """A built-in role as Azure answers it."""
    return {
        "id": render_definition_id(role, subscription),
        "name": role.id,
        "type": "Microsoft.Authorization/roleDefinitions",
        "properties": {
            "roleName": role.name,
            "type": "BuiltInRole",
            "description": role.description,
            "assignableScopes": ["/"],
            "permissions": [render_permission(role)],
        },
    }


def render_permission(role: Role) -> dict[str, list[str]]:
    """What a role gives."""
    return {
        "actions": list(role.actions),
        "notActions": list(role.not_actions),
        "dataActions": list(role.data_actions),
        "notDataActions": list(role.not_data_actions),
    }


def find_same(resources: Resources, wanted: Resource) -> Resource | None:
    """An assignment that gives the same principal the same role at the same scope."""
    own = resources.list_by_lookup(wanted.lookup)
    return next((each for each in own if says_same(each, wanted)), None)


def says_same(one: Resource, other: Resource) -> bool:
    """Whether two assignments give the same principal the same role at the same scope."""
    return _signature(one) == _signature(other)


def is_guid(text: str) -> bool:
    """Whether Azure takes it as the name of a role assignment."""
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def find_filter_value(text: str, name: str) -> str | None:
    """The value that `$filter` wants for a name: `principalId eq '…'`, `assignedTo('…')`, `roleName eq '…'`."""
    found = (match for match in _FILTER.finditer(text) if match[1].rstrip("(").lower() == name.lower())
    return next((match[2] or match[3] or "" for match in found), None)


def is_known_filter(text: str) -> bool:
    """Whether each part of a `$filter` is one that lists of assignments are read by."""
    parts = [part.strip() for part in re.split(r"\band\b", text, flags=re.IGNORECASE)] if text.strip() else []
    return all(part.lower() == "atscope()" or _FILTER.fullmatch(part) for part in parts)


def _signature(assignment: Resource) -> tuple[str, str, str]:
    properties = assignment.properties
    role = str(properties["roleDefinitionId"]).rpartition("/")[2]
    return str(properties["principalId"]).lower(), role.lower(), str(properties["scope"]).lower()
