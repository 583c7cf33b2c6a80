"""Role assignments."""

from __future__ import annotations

import pytest

from ftdeploy.components.access import name_assignment
from ftdeploy.components.stack import build_stack as declare
from tests.components.builders import PRINCIPAL, ROLE_ID, SUPPORT, build_stack
from tests.components.pulumi_mocks import ROLE_TYPE, Recorder

SCOPE = str(SUPPORT)


def test_role_is_given_on_the_account_with_an_explicit_principal_type():
    assignment = Recorder().run(lambda: declare(build_stack())).get(ROLE_TYPE)

    scope = assignment.inputs["scope"]
    assert scope.endswith("/accounts/contoso-support-dev")
    assert assignment.inputs["principalId"] == PRINCIPAL
    assert assignment.inputs["principalType"] == "ServicePrincipal"
    assert assignment.inputs["roleDefinitionId"].endswith(
        f"/providers/Microsoft.Authorization/roleDefinitions/{ROLE_ID}"
    )
    assert assignment.inputs["roleAssignmentName"] == name_assignment(scope, principal=PRINCIPAL, role_id=ROLE_ID)
    assert assignment.hooks == ["retry-refused-writes"]


def test_assignment_name_never_changes():
    assert name_assignment(SCOPE, principal=PRINCIPAL, role_id=ROLE_ID) == "1662a365-7e52-5e30-bd17-3358fd177686"


def test_assignment_name_is_the_same_in_any_letter_case():
    assert name_assignment(SCOPE.upper(), principal=PRINCIPAL.upper(), role_id=ROLE_ID) == name_assignment(
        SCOPE, principal=PRINCIPAL, role_id=ROLE_ID.upper()
    )


@pytest.mark.parametrize(
    ("scope", "principal", "role_id"),
    [
        pytest.param(SCOPE + "x", PRINCIPAL, ROLE_ID, id="scope"),
        pytest.param(SCOPE, ROLE_ID, ROLE_ID, id="principal"),
        pytest.param(SCOPE, PRINCIPAL, PRINCIPAL, id="role"),
    ],
)
def test_assignment_name_tells_apart(scope, principal, role_id):
    other = name_assignment(SCOPE, principal=PRINCIPAL, role_id=ROLE_ID)

    assert name_assignment(scope, principal=principal, role_id=role_id) != other
