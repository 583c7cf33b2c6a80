"""Resource Manager's front door: token, api-version, subscription, role, parents, then the provider's handler."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from ftdeploy.rehearsal.azure import rbac
from ftdeploy.rehearsal.azure.authorization import urls as authorization
from ftdeploy.rehearsal.azure.call import VERBS, ArmHandler, Call, Reply
from ftdeploy.rehearsal.azure.cognitiveservices import urls as cognitiveservices
from ftdeploy.rehearsal.azure.entra import userassigned
from ftdeploy.rehearsal.azure.errors import AzureError, not_emulated
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.monitor import urls as monitor
from ftdeploy.rehearsal.azure.resourcemanager import directory, errors, generic
from ftdeploy.rehearsal.azure.resourcemanager import urls as resourcemanager
from ftdeploy.rehearsal.azure.resourcemanager.throttle import take
from ftdeploy.rehearsal.azure.resourcemanager.versions import check_version
from ftdeploy.rehearsal.azure.signin import authenticate

# A resource's address ("item") or a collection's or an action's ("collection"), with a verb and a type in lower case.
ITEMS: dict[tuple[str, str], ArmHandler] = {
    **resourcemanager.ITEMS,
    **cognitiveservices.ITEMS,
    **authorization.ITEMS,
    **monitor.ITEMS,
    **userassigned.ITEMS,
}
COLLECTIONS: dict[tuple[str, str], ArmHandler] = {
    **resourcemanager.COLLECTIONS,
    **cognitiveservices.COLLECTIONS,
    **authorization.COLLECTIONS,
    **monitor.COLLECTIONS,
}

_MANAGEMENT_GROUPS = "/providers/microsoft.management/managementgroups"
_ROOTS = ("subscriptions", "providers", "tenants")
# Whoever has a token for the tenant may ask how an operation is going, and what there is at the root.
_WITHOUT_ROLE = resourcemanager.OPERATION_TYPES | directory.PROVIDER_TYPES
_ROOT_LISTS = ("microsoft.resources/subscriptions", "microsoft.resources/tenants")
# What makes other things: to keep it as sent would say that they were made.
_MAKERS = tuple(f"microsoft.resources/deployment{each}" for each in ("s", "stacks", "scripts"))


def answer(call: Call) -> Reply:
    """Resource Manager's answer to any path that no other endpoint has."""
    path = parse_arm_path(call.path)
    if not is_management_path(call.path):
        raise not_emulated(f"{call.method} {call.path}")
    if path.key.startswith(_MANAGEMENT_GROUPS):
        raise not_emulated("management groups")
    check_version(call, path)
    authenticate(call, path)
    told = take(call, path)
    handler = _find_handler(call, path)
    if path.type_key not in _WITHOUT_ROLE and not (path.type_key in _ROOT_LISTS and not path.name):
        _authorize(call, path)
    _check_parents(call, path)
    reply = handler(call, path)
    if call.method == "HEAD" and reply.status == HTTPStatus.OK and call.leans_on("resources-take-no-head"):
        raise errors.method_not_allowed(call.method)
    return replace(reply, headers={**reply.headers, **told}) if told else reply


def is_management_path(path: str) -> bool:
    """Whether a path is Resource Manager's."""
    return path.strip("/").partition("/")[0].lower() in _ROOTS


def _authorize(call: Call, path: ArmPath) -> None:
    """403 unless a role of the caller gives the action; what has no name is checked at the scope around it."""
    caller = call.get_caller()
    scope = path.id if path.name else path.parent
    action = f"{path.type}/{VERBS.get(call.method, 'action')}"
    if not call.leans_on("management-calls-need-a-role"):
        return
    if not rbac.is_allowed(call.world.resources, caller.object_id, action, scope):
        raise errors.authorization_failed(caller, action, scope)


def _find_handler(call: Call, path: ArmPath) -> ArmHandler:
    verb = "GET" if call.method == "HEAD" else call.method
    table, rest = (ITEMS, generic.ITEMS) if path.name else (COLLECTIONS, generic.COLLECTIONS)
    handler = table.get((verb, path.type_key))
    if handler is not None:
        return handler
    if verb == "POST" and path.short_type.lower() == "register":
        return directory.register_provider
    is_known = any(path.type_key == known for _, known in table) or path.type_key.startswith(_MAKERS)
    if is_known or not path.short_type or not path.subscription or verb not in rest:
        raise not_emulated(f"{call.method} {path.type}")
    return rest[verb]


def _check_parents(call: Call, path: ArmPath) -> None:
    """404, by Azure's three names, when what should be around the resource is missing; 409 when the group is going."""
    missing = _find_missing(call, parse_arm_path(path.parent))
    if missing is not None and call.leans_on("parents-must-exist"):
        raise _name_missing(missing, path, call.method)
    if call.method in ("PUT", "PATCH") and path.group:
        _check_group_stays(call, path)


def _check_group_stays(call: Call, path: ArmPath) -> None:
    group = call.world.resources.find(f"/subscriptions/{path.subscription}/resourceGroups/{path.group}")
    is_going = group is not None and group.properties.get("provisioningState") == "Deleting"
    if is_going and call.leans_on("groups-being-deleted-take-nothing"):
        raise errors.group_being_deleted(path.group)


def _find_missing(call: Call, scope: ArmPath) -> ArmPath | None:
    """The outermost of the scopes around a resource that does not exist."""
    if not scope.group:
        return None
    outer = _find_missing(call, parse_arm_path(scope.parent))
    if outer is not None:
        return outer
    return scope if call.world.resources.find(scope.id) is None else None


def _name_missing(missing: ArmPath, path: ArmPath, method: str) -> AzureError:
    if missing.short_type.lower() == "subscriptions/resourcegroups":
        return errors.group_not_found(missing.name)
    if path.is_extension:
        return errors.resource_not_found(missing)
    return errors.parent_not_found(path, missing, VERBS.get(method, "action"))
