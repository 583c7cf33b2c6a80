"""Checks of authorization's behaviours."""

from __future__ import annotations

from collections.abc import Callable

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, PIPELINE, READER, ROLE_READER, SUBSCRIPTION

FIRST_NAME = "55555555-0000-4000-8000-000000000001"
SECOND_NAME = "55555555-0000-4000-8000-000000000002"
UNKNOWN_PRINCIPAL = "66666666-0000-4000-8000-000000000001"


def check_one_role_assignment(pretend: Pretend) -> None:
    give_role(pretend, FIRST_NAME)
    response = give_role(pretend, SECOND_NAME)
    assert (response.status_code, get_code(response)) == (409, "RoleAssignmentExists")


def check_principal_lookup(pretend: Pretend) -> None:
    response = give_role(pretend, FIRST_NAME, principal=UNKNOWN_PRINCIPAL, principal_type="")
    assert get_code(response) == "PrincipalNotFound"


def check_unchangeable_assignment(pretend: Pretend) -> None:
    give_role(pretend, FIRST_NAME)
    response = give_role(pretend, FIRST_NAME, principal=PIPELINE["objectId"])
    assert get_code(response) == "RoleAssignmentUpdateNotPermitted"


def give_role(
    pretend: Pretend, name: str, *, principal: str = READER["objectId"], principal_type: str = "ServicePrincipal"
):
    """PUT a role assignment on the account."""
    role = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{ROLE_READER}"
    properties = {"principalId": principal, "principalType": principal_type, "roleDefinitionId": role}
    return pretend.put(
        f"{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments/{name}", {"properties": properties}
    )


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "one-role-assignment-each": check_one_role_assignment,
    "principals-without-type-are-looked-up": check_principal_lookup,
    "role-assignments-unchangeable": check_unchangeable_assignment,
}
