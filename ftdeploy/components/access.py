"""A role given to a principal on an account."""

# No `from __future__ import annotations`: Pulumi reads the annotations as types when it makes these components
# available to other languages.

import uuid
from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi_azure_native import authorization

from ftdeploy.components.options import split_options
from ftdeploy.domain.stacks import PrincipalType

TOKEN = "ftdeploy:index:RoleAssignment"  # noqa: S105 the type token is pinned; renaming it would replace what exists


class RoleAssignmentArgs(TypedDict):
    """Who gets which role on what."""

    scope: pulumi.Input[str]
    """Id of the resource that the role holds for, and everything below it."""
    principal_id: pulumi.Input[str]
    """Object id."""
    principal_type: pulumi.Input[PrincipalType]
    """Never left to Azure, which looks it up and does not find principals that are new."""
    role_id: pulumi.Input[str]
    """The role definition's GUID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssignmentResources:
    """What the component made."""

    assignment: "authorization.RoleAssignment"


class RoleAssignment(pulumi.ComponentResource):
    """A role assignment whose name follows from scope, principal and role: made twice, it is the same one."""

    assignment_id: pulumi.Output[str]

    def __init__(self, name: str, args: RoleAssignmentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        own, inner = split_options(opts)
        super().__init__(TOKEN, name, {}, own)
        opts = pulumi.ResourceOptions.merge(inner, pulumi.ResourceOptions(parent=self))
        parts = pulumi.Output.all(args["scope"], args["principal_id"], args["role_id"])
        assignment = authorization.RoleAssignment(
            name,
            role_assignment_name=parts.apply(lambda each: name_assignment(each[0], principal=each[1], role_id=each[2])),
            scope=args["scope"],
            principal_id=args["principal_id"],
            principal_type=args["principal_type"],
            role_definition_id=parts.apply(lambda each: get_role_definition_id(each[0], each[2])),
            opts=opts,
        )
        self.resources = RoleAssignmentResources(assignment=assignment)
        self.assignment_id = assignment.id
        self.register_outputs({"assignmentId": self.assignment_id})


def name_assignment(scope: str, *, principal: str, role_id: str) -> str:
    """A GUID that is the same whenever scope, principal and role are, in any letter case."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{scope}|{principal}|{role_id}".lower()))


def get_role_definition_id(scope: str, role_id: str) -> str:
    """The role definition's full id, as Azure gives it back: in the subscription of the scope."""
    subscription = scope.split("/")[2]
    return f"/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role_id}"
