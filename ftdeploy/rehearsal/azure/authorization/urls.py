"""Which verb on which type goes to which handler, for Microsoft.Authorization."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.authorization import handlers
from ftdeploy.rehearsal.azure.call import ArmHandler

_ASSIGNMENTS = "microsoft.authorization/roleassignments"
_DEFINITIONS = "microsoft.authorization/roledefinitions"

ITEMS: dict[tuple[str, str], ArmHandler] = {
    ("PUT", _ASSIGNMENTS): handlers.put_assignment,
    ("GET", _ASSIGNMENTS): handlers.get_assignment,
    ("DELETE", _ASSIGNMENTS): handlers.delete_assignment,
    ("GET", _DEFINITIONS): handlers.get_definition,
}
COLLECTIONS: dict[tuple[str, str], ArmHandler] = {
    ("GET", _ASSIGNMENTS): handlers.list_assignments,
    ("GET", _DEFINITIONS): handlers.list_definitions,
    ("GET", "microsoft.authorization/permissions"): handlers.list_permissions,
}
