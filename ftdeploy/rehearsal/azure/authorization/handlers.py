"""Role assignments at any scope, and the built-in role definitions.

Not emulated: conditions, delegated managed identities, deny assignments, custom roles.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure import rbac
from ftdeploy.rehearsal.azure.authorization import errors, models
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.errors import not_emulated
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.resources import Resource


def put_assignment(call: Call, path: ArmPath) -> Reply:
    """Give a role: 201 when new, 200 when it says what it said before."""
    if not models.is_guid(path.name):
        raise errors.invalid_name(path.name)
    wanted = _read_wanted(call, path)
    existing = call.world.resources.find(path.id)
    if existing is not None:
        if not models.says_same(existing, wanted) and call.leans_on("role-assignments-unchangeable"):
            raise errors.assignment_unchangeable()
        return Reply(status=200, body=existing.render())
    same = models.find_same(call.world.resources, wanted)
    if same is not None and call.leans_on("one-role-assignment-each"):
        raise errors.assignment_exists(same.name)
    call.world.resources.save(wanted)
    return Reply(status=201, body=wanted.render())


def get_assignment(call: Call, path: ArmPath) -> Reply:
    """One assignment."""
    found = call.world.resources.find(path.id)
    if found is None:
        raise errors.assignment_not_found(path.name)
    return Reply(body=found.render())


def delete_assignment(call: Call, path: ArmPath) -> Reply:
    """Take a role away: 200 with what it was, 204 when there was none."""
    found = call.world.resources.find(path.id)
    if found is None:
        call.needs("deleting-nothing-is-204")
        return Reply(status=204)
    call.world.resources.delete(path.id)
    return Reply(body=found.render())


def list_assignments(call: Call, path: ArmPath) -> Reply:
    """Assignments at the scope, above it, and (without `atScope()`) below it."""
    text = call.query.get("$filter", "")
    if not models.is_known_filter(text):
        raise not_emulated(f"the filter {text}")
    principal = models.find_filter_value(text, "principalId") or models.find_filter_value(text, "assignedTo")
    found = [
        each.render()
        for each in call.world.resources.list_of_type(rbac.ASSIGNMENT_TYPE)
        if _is_in_list(rbac.get_scope(each), path.parent, at_scope="atscope()" in text.lower())
        and (principal is None or each.properties["principalId"].lower() == principal.lower())
    ]
    return Reply(body=page(call, found))


def get_definition(call: Call, path: ArmPath) -> Reply:
    """One built-in role."""
    role = rbac.find_role(path.name)
    if role is None:
        raise errors.definition_not_found(path.name)
    return Reply(body=models.render_definition(role, path.subscription))


def list_definitions(call: Call, path: ArmPath) -> Reply:
    """The built-in roles, all or by `roleName`."""
    name = models.find_filter_value(call.query.get("$filter", ""), "roleName")
    found = [each for each in rbac.list_roles() if name is None or each.name.lower() == name.lower()]
    return Reply(body=page(call, [models.render_definition(each, path.subscription) for each in found]))


def list_permissions(call: Call, path: ArmPath) -> Reply:
    """What the caller may do at the scope, by role."""
    roles = rbac.list_roles_of(call.world.resources, call.get_caller().object_id, path.parent)
    return Reply(body=page(call, [models.render_permission(each) for each in roles]))


def _read_wanted(call: Call, path: ArmPath) -> Resource:
    sent: Json = call.read_json().get("properties") or {}
    for name in ("principalId", "roleDefinitionId"):
        if not sent.get(name):
            raise errors.missing_property(f"properties.{name}")
    role = rbac.find_role(str(sent["roleDefinitionId"]))
    if role is None:
        raise errors.definition_not_found(str(sent["roleDefinitionId"]).rpartition("/")[2])
    now = render_time(call.world.clock.now())
    return models.build_assignment(
        path.parent,
        path.name,
        {
            "roleDefinitionId": models.render_definition_id(role, path.subscription),
            "principalId": sent["principalId"],
            "principalType": sent.get("principalType") or _find_type(call, str(sent["principalId"])),
            **{key: sent[key] for key in ("description",) if key in sent},
            "createdOn": now,
            "updatedOn": now,
            "createdBy": call.get_caller().object_id,
            "updatedBy": call.get_caller().object_id,
        },
    )


def _find_type(call: Call, principal: str) -> str:
    """The kind of a principal that the directory knows; only the scenario's applications are in it."""
    tenant = call.get_caller().tenant
    row = call.world.store.find_row(
        "SELECT 1 FROM principals WHERE lower(object_id) = ? AND tenant = ?", principal.lower(), tenant
    )
    if row is None and call.leans_on("principals-without-type-are-looked-up"):
        raise errors.principal_not_found(principal, tenant)
    return "ServicePrincipal"


def _is_in_list(assigned: str, scope: str, *, at_scope: bool) -> bool:
    return rbac.is_above(assigned, scope) or (not at_scope and rbac.is_above(scope, assigned))
