"""Who may do what where: the built-in roles, and what the role assignments at a scope and above it give.

What the roles give is taken from copies of Azure's own list: MicrosoftDocs/azure-docs built-in-roles/privileged.md
(2025-01-25) and ai-machine-learning.md (2024-04-25), azure-rbac-catalog.org (2025-12-18) and azadvertizer.net
(2025-04-29); of the Foundry Project Manager from azure-ai-docs articles/ai-foundry/concepts/rbac-azure-ai-foundry.md.

Not emulated: groups, deny assignments, custom roles, the minutes that a new assignment takes to work, and conditions;
so the Foundry Account Owner and Project Manager, who may give one role only, give none here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ftdeploy.rehearsal.azure.resources import Resource, Resources

ASSIGNMENT_TYPE = "Microsoft.Authorization/roleAssignments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A built-in role; patterns such as `Microsoft.CognitiveServices/*/read`."""

    name: str
    id: str
    description: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    data_actions: tuple[str, ...]
    not_data_actions: tuple[str, ...]

    def allows(self, action: str, *, is_data: bool) -> bool:
        """Whether the role gives the management action, or the data action."""
        if is_data:
            return _matches_any(self.data_actions, action) and not _matches_any(self.not_data_actions, action)
        return _matches_any(self.actions, action) and not _matches_any(self.not_actions, action)


@cache
def list_roles() -> tuple[Role, ...]:
    """The built-in roles that the emulator knows."""
    text = (Path(__file__).parent / "authorization" / "roles.json").read_text(encoding="utf-8")
    return tuple(
        Role(
            name=each["name"],
            id=each["id"],
            description=each["description"],
            actions=tuple(each["actions"]),
            not_actions=tuple(each.get("notActions", ())),
            data_actions=tuple(each.get("dataActions", ())),
            not_data_actions=tuple(each.get("notDataActions", ())),
        )
        for each in json.loads(text)
    )


def find_role(text: str) -> Role | None:
    """The role that a GUID, a role definition's id, or a built-in name means."""
    wanted = text.rpartition("/")[2].lower()
    return next((role for role in list_roles() if wanted in (role.id, role.name.lower())), None)


def is_allowed(resources: Resources, object_id: str, action: str, scope: str, *, is_data: bool = False) -> bool:
    """Whether a principal's roles at the scope or above it give the action."""
    return any(role.allows(action, is_data=is_data) for role in list_roles_of(resources, object_id, scope))


def list_scopes_of(resources: Resources, object_id: str) -> list[str]:
    """Where a principal has a role; `/` is the tenant's root."""
    return [get_scope(each) for each in resources.list_by_lookup(name_lookup(object_id))]


def name_lookup(object_id: str) -> str:
    """By what the assignments of a principal are found."""
    return f"principal:{object_id.lower()}"


def get_scope(assignment: Resource) -> str:
    """Where a role assignment sits: `/subscriptions/…`."""
    return str(assignment.properties["scope"])


def is_above(scope: str, target: str) -> bool:
    """Whether a scope is the target or around it; the tenant's root is around everything."""
    above, below = scope.rstrip("/").lower(), target.rstrip("/").lower()
    return below == above or below.startswith(f"{above}/")


def list_roles_of(resources: Resources, object_id: str, scope: str) -> Iterator[Role]:
    """The roles that a principal has at a scope or above it."""
    for assignment in resources.list_by_lookup(name_lookup(object_id)):
        role = find_role(assignment.properties["roleDefinitionId"])
        if role is not None and is_above(get_scope(assignment), scope):
            yield role


def _matches_any(patterns: tuple[str, ...], action: str) -> bool:
    return any(_compile(pattern).fullmatch(action) for pattern in patterns)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in pattern.split("*")), re.IGNORECASE)
