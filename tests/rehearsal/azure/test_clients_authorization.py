"""Microsoft's clients for roles and resource groups, synchronous and asynchronous, over TLS."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError
from azure.identity import ClientSecretCredential
from azure.identity.aio import ClientSecretCredential as AsyncCredential
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.authorization.aio import AuthorizationManagementClient as AsyncAuthorization
from azure.mgmt.resource.resources import ResourceManagementClient
from azure.mgmt.resource.resources.aio import ResourceManagementClient as AsyncResources

from tests.rehearsal.azure.processes import Emulator
from tests.rehearsal.azure.scenarios import ACCOUNT, PIPELINE, READER, ROLE_READER, SECRET, SUBSCRIPTION, TENANT

NAMES = [f"77777777-0000-4000-8000-00000000000{n}" for n in range(4)]
ROLE = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{ROLE_READER}"
GIVEN = {
    "properties": {"roleDefinitionId": ROLE, "principalId": READER["objectId"], "principalType": "ServicePrincipal"}
}


def build_options(emulator: Emulator) -> dict[str, Any]:
    return {"base_url": emulator.url, "connection_verify": emulator.ca}


@pytest.fixture(scope="module")
def credential(emulator: Emulator) -> Iterator[ClientSecretCredential]:
    with ClientSecretCredential(
        TENANT,
        PIPELINE["clientId"],
        SECRET,
        authority=emulator.url,
        disable_instance_discovery=True,
        connection_verify=emulator.ca,
    ) as opened:
        yield opened


@pytest.fixture(scope="module")
def authorization(emulator: Emulator, credential: ClientSecretCredential) -> Iterator[AuthorizationManagementClient]:
    with AuthorizationManagementClient(credential, SUBSCRIPTION, **build_options(emulator)) as opened:
        yield opened


@pytest.fixture(scope="module")
def resources(emulator: Emulator, credential: ClientSecretCredential) -> Iterator[ResourceManagementClient]:
    with ResourceManagementClient(credential, SUBSCRIPTION, **build_options(emulator)) as opened:
        yield opened


def test_role_is_given_found_and_taken(authorization: AuthorizationManagementClient) -> None:
    made = authorization.role_assignments.create(ACCOUNT, NAMES[0], GIVEN)
    with pytest.raises(ResourceExistsError, match="RoleAssignmentExists"):
        authorization.role_assignments.create(ACCOUNT, NAMES[1], GIVEN)
    by_id = authorization.role_assignments.get_by_id(made.id)
    listed = authorization.role_assignments.list_for_scope(
        ACCOUNT, filter=f"atScope() and assignedTo('{READER['objectId']}')"
    )
    names = [each.name for each in listed]
    authorization.role_assignments.delete_by_id(made.id)

    assert (by_id.principal_id, by_id.scope, by_id.role_definition_id) == (READER["objectId"], ACCOUNT, ROLE)
    assert NAMES[0] in names
    assert NAMES[0] not in [each.name for each in authorization.role_assignments.list_for_subscription()]


def test_roles_are_listed_in_pages_and_found_by_name(
    emulator: Emulator, authorization: AuthorizationManagementClient
) -> None:
    with emulator.open_http() as http:
        http.put("/_rehearsal/settings", json={"pageSize": 3})
        scope = f"/subscriptions/{SUBSCRIPTION}"
        everything = list(authorization.role_definitions.list(scope))
        named = list(authorization.role_definitions.list(scope, filter="roleName eq 'Reader'"))
        http.put("/_rehearsal/settings", json={"pageSize": 100})

    assert len(everything) > 10
    assert [each.id for each in named] == [ROLE]
    assert named[0].description
    assert authorization.role_definitions.get_by_id(ROLE).role_name == "Reader"


def test_management_groups_are_refused_by_name(authorization: AuthorizationManagementClient) -> None:
    with pytest.raises(HttpResponseError, match="NotEmulated"):
        list(authorization.role_assignments.list_for_scope("/providers/Microsoft.Management/managementGroups/contoso"))


def test_group_is_made_listed_and_deleted_with_a_poller(resources: ResourceManagementClient) -> None:
    made = resources.resource_groups.create_or_update("rg-new", {"location": "swedencentral", "tags": {"team": "a"}})
    names = [each.name for each in resources.resource_groups.list()]
    resources.resource_groups.begin_delete("rg-new").result()

    assert (made.name, made.properties.provisioning_state, "rg-new" in names) == ("rg-new", "Succeeded", True)
    assert not resources.resource_groups.check_existence("rg-new")


def test_resources_and_providers_are_listed(resources: ResourceManagementClient) -> None:
    found = resources.resources.list(filter="resourceType eq 'Microsoft.CognitiveServices/accounts'")
    provider = resources.providers.register("Microsoft.CognitiveServices")

    assert {each.name for each in found} == {"contoso-dev", "contoso-idle"}
    assert (provider.registration_state, provider.namespace) == ("Registered", "Microsoft.CognitiveServices")
    assert "Microsoft.Insights" in [each.namespace for each in resources.providers.list()]


def test_throttled_client_waits_and_goes_on(emulator: Emulator, resources: ResourceManagementClient) -> None:
    with emulator.open_http() as http:
        http.put("/_rehearsal/settings", json={"armReads": 1, "armReadsPerSecond": 1})
        names = [[each.name for each in resources.resource_groups.list()] for _ in range(2)]
        http.put("/_rehearsal/settings", json={"armReads": 250, "armReadsPerSecond": 25})
        asked = http.get("/_rehearsal/requests").json()["requests"]

    assert names[0] == names[1]
    assert "SubscriptionRequestsThrottled" in [each["code"] for each in asked]


async def ask_asynchronously(emulator: Emulator) -> tuple[list[str], list[str], bool]:
    options = build_options(emulator)
    async with (
        AsyncCredential(
            TENANT,
            PIPELINE["clientId"],
            SECRET,
            authority=emulator.url,
            disable_instance_discovery=True,
            connection_verify=emulator.ca,
        ) as credential,
        AsyncAuthorization(credential, SUBSCRIPTION, **options) as authorization,
        AsyncResources(credential, SUBSCRIPTION, **options) as resources,
    ):
        await authorization.role_assignments.create(ACCOUNT, NAMES[2], GIVEN)
        names = [each.name async for each in authorization.role_assignments.list_for_scope(ACCOUNT)]
        await authorization.role_assignments.delete(ACCOUNT, NAMES[2])
        await resources.resource_groups.create_or_update("rg-aio", {"location": "swedencentral"})
        groups = [each.name async for each in resources.resource_groups.list()]
        await (await resources.resource_groups.begin_delete("rg-aio")).result()
        return names, groups, await resources.resource_groups.check_existence("rg-aio")


def test_asynchronous_clients_do_the_same(emulator: Emulator) -> None:
    names, groups, is_there = asyncio.run(ask_asynchronously(emulator))

    assert (NAMES[2] in names, "rg-aio" in groups, is_there) == (True, True, False)
