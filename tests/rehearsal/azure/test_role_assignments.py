"""Role assignments: given, doubled, found, taken away, and felt."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.rehearsal.azure.checks.authorization import FIRST_NAME, SECOND_NAME, UNKNOWN_PRINCIPAL, give_role
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP, PIPELINE, READER, SUBSCRIPTION, WORKLOAD

COLLECTION = "providers/Microsoft.Authorization/roleAssignments"
FIRST = f"{ACCOUNT}/{COLLECTION}/{FIRST_NAME}"
DEFINITIONS = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions"
OPENAI_USER = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("eadc314b-1a2d-4efa-be10-5d325db5065e", (200, 403, 200)),
        ("64702f94-c441-49e6-a78b-ef80e0188fee", (200, 403, 200)),
        ("e47c6f54-e4a2-4754-9501-8e0985b135e1", (200, 201, 401)),
    ],
    ids=["Foundry Project Manager", "Azure AI Developer", "Foundry Account Owner"],
)
def test_roles_of_foundry_give_what_azure_says(pretend: Pretend, role: str, statuses: tuple[int, ...]) -> None:
    pretend.deploy()
    properties = {"roleDefinitionId": f"{DEFINITIONS}/{role}", "principalId": READER["objectId"]}
    pretend.put(FIRST, {"properties": properties})
    reader = pretend.as_(READER)

    asked = (reader.get(ACCOUNT), reader.deploy("another", capacity=1), reader.chat())

    assert tuple(each.status_code for each in asked) == statuses


def test_assignment_is_201_then_200_then_found(pretend: Pretend) -> None:
    made, again = give_role(pretend, FIRST_NAME), give_role(pretend, FIRST_NAME)

    properties = pretend.get(FIRST).json()["properties"]
    assert (made.status_code, again.status_code) == (201, 200)
    assert (properties["scope"], properties["principalType"]) == (ACCOUNT, "ServicePrincipal")


def test_second_name_for_the_same_is_refused_in_azures_words(pretend: Pretend) -> None:
    give_role(pretend, FIRST_NAME)

    message = give_role(pretend, SECOND_NAME).json()["error"]["message"]

    assert message == (
        f"The role assignment already exists. The ID of the existing role assignment is {FIRST_NAME.replace('-', '')}."
    )


def test_principal_with_a_type_is_not_looked_up(pretend: Pretend) -> None:
    assert give_role(pretend, FIRST_NAME, principal=UNKNOWN_PRINCIPAL).status_code == 201


def test_given_role_opens_and_taken_role_closes(pretend: Pretend) -> None:
    pretend.deploy()
    reader = pretend.as_(READER)
    closed = reader.chat().status_code
    role = {"principalId": READER["objectId"], "principalType": "ServicePrincipal"}
    role["roleDefinitionId"] = f"{DEFINITIONS}/{OPENAI_USER}"

    pretend.put(FIRST, {"properties": role})
    opened = reader.chat().status_code
    deleted = pretend.delete(FIRST).status_code

    assert (closed, opened, deleted) == (401, 200, 200)
    assert reader.chat().status_code == 401
    assert pretend.delete(FIRST).status_code == 204


def test_pipeline_without_the_right_to_give_roles_is_refused(pretend: Pretend) -> None:
    response = give_role(pretend.as_(READER), FIRST_NAME)

    assert (response.status_code, get_code(response)) == (403, "AuthorizationFailed")


def test_name_must_be_a_guid(pretend: Pretend) -> None:
    assert get_code(give_role(pretend, "reader")) == "InvalidRoleAssignmentId"


@pytest.mark.parametrize(
    ("scope", "wanted", "count"),
    [
        (ACCOUNT, "", 5),
        (GROUP, "atScope()", 3),
        (ACCOUNT, f"principalId eq '{WORKLOAD['objectId']}'", 1),
        (ACCOUNT, f"principalId eq {WORKLOAD['objectId']}", 1),
        (ACCOUNT, f"atScope() and assignedTo('{PIPELINE['objectId']}')", 3),
    ],
    ids=["all", "at-scope", "principal", "principal-without-quotation-marks", "assigned-to"],
)
def test_list_holds_what_reaches_the_scope(pretend: Pretend, scope: str, wanted: str, count: int) -> None:
    found = pretend.get(f"{scope}/{COLLECTION}?$filter={quote(wanted)}").json()["value"]

    assert len(found) == count


def test_definitions_are_found_by_name_and_id(pretend: Pretend) -> None:
    wanted = quote("roleName eq 'Cognitive Services OpenAI User'")

    by_name = pretend.get(f"{DEFINITIONS}?$filter={wanted}").json()["value"]
    by_id = pretend.get(f"{DEFINITIONS}/{OPENAI_USER}").json()

    assert by_name == [by_id]
    assert "Microsoft.CognitiveServices/accounts/OpenAI/*/read" in by_id["properties"]["permissions"][0]["dataActions"]


def test_other_filters_are_refused_by_name(pretend: Pretend) -> None:
    refused = pretend.get(f"{ACCOUNT}/{COLLECTION}?$filter=type eq 'x'")

    assert (refused.status_code, get_code(refused)) == (501, "NotEmulated")


def test_permissions_are_what_the_callers_roles_give(pretend: Pretend) -> None:
    place = f"{ACCOUNT}/providers/Microsoft.Authorization/permissions"

    [found] = pretend.as_(READER).get(place).json()["value"]

    assert (found["actions"], found["dataActions"]) == (["*/read"], [])
