"""Microsoft.Authorization's refusals, in Azure's words."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.errors import AzureError


def assignment_exists(name: str) -> AzureError:
    """The same principal has the same role at the same scope, under another name."""
    plain = name.replace("-", "")
    return AzureError(
        409,
        "RoleAssignmentExists",
        f"The role assignment already exists. The ID of the existing role assignment is {plain}.",
    )


def assignment_unchangeable() -> AzureError:
    """An assignment of this name says something else."""
    return AzureError(
        400,
        "RoleAssignmentUpdateNotPermitted",
        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    )


def assignment_not_found(name: str) -> AzureError:
    """No assignment of this name at this scope."""
    return AzureError(404, "RoleAssignmentNotFound", f"The role assignment '{name}' is not found.")


def definition_not_found(name: str) -> AzureError:
    """No built-in role of this id; custom roles are not emulated."""
    return AzureError(
        404, "RoleDefinitionDoesNotExist", f"The specified role definition with ID '{name}' does not exist."
    )


def invalid_name(name: str) -> AzureError:
    """An assignment's name is a GUID."""
    return AzureError(
        400,
        "InvalidRoleAssignmentId",
        f"The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID.",
    )


def missing_property(name: str) -> AzureError:
    """An assignment says whom and what."""
    return AzureError(400, "BadRequestFormat", f"The request was incorrectly formatted: '{name}' is missing.")


def principal_not_found(principal: str, tenant: str) -> AzureError:
    """Without a type, the principal is looked up, and may not be there yet."""
    plain = principal.replace("-", "")
    return AzureError(
        400,
        "PrincipalNotFound",
        f"Principal {plain} does not exist in the directory {tenant}. Check that you have the correct "
        "principal ID. If you "
        "are creating this principal and then immediately assigning a role, this error might be related to a "
        "replication "
        "delay. In this case, set the role assignment principalType property to a value, such as "
        "ServicePrincipal, User, or "
        "Group.  See https://aka.ms/docs-principaltype",
    )
