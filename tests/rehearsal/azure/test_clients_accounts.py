"""azure-mgmt-cognitiveservices, both halves: accounts from their making to their purge, and what is sold."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity.aio import ClientSecretCredential as AsyncCredential
from azure.mgmt.cognitiveservices import CognitiveServicesManagementClient
from azure.mgmt.cognitiveservices import models as shapes
from azure.mgmt.cognitiveservices.aio import CognitiveServicesManagementClient as AsyncManagement

from tests.rehearsal.azure.processes import Emulator
from tests.rehearsal.azure.scenarios import PIPELINE, SECRET, SUBSCRIPTION, TENANT, build_deployment
from tests.rehearsal.azure.test_clients import PLACE, open_credential

GROUP = PLACE["resource_group_name"]
MODEL = {"model_format": "OpenAI", "model_name": "gpt-4o-mini", "model_version": "2024-07-18"}


def build_account(name: str, **properties: object) -> shapes.Account:
    return shapes.Account(
        location="swedencentral",
        kind="OpenAI",
        sku=shapes.Sku(name="S0"),
        properties=shapes.AccountProperties(custom_sub_domain_name=name, **properties),
    )


@pytest.fixture(scope="module")
def management(emulator: Emulator) -> Iterator[CognitiveServicesManagementClient]:
    with (
        open_credential(emulator, TENANT) as credential,
        CognitiveServicesManagementClient(
            credential, SUBSCRIPTION, base_url=emulator.url, connection_verify=emulator.ca
        ) as client,
    ):
        yield client


@asynccontextmanager
async def open_async(emulator: Emulator) -> AsyncIterator[AsyncManagement]:
    options = {"connection_verify": emulator.ca}
    async with (
        AsyncCredential(TENANT, PIPELINE["clientId"], SECRET, authority=emulator.url, **options) as credential,
        AsyncManagement(credential, SUBSCRIPTION, base_url=emulator.url, **options) as client,
    ):
        yield client


def test_deleted_account_is_restored_deleted_and_purged(management: CognitiveServicesManagementClient) -> None:
    management.accounts.begin_create(GROUP, "kept", build_account("kept")).result()
    management.accounts.begin_delete(GROUP, "kept").result()
    listed = [each.id.rsplit("/", 1)[-1] for each in management.deleted_accounts.list()]
    with pytest.raises(HttpResponseError) as taken:
        management.accounts.begin_create(GROUP, "kept", build_account("kept"))
    management.accounts.begin_create(GROUP, "kept", build_account("kept", restore=True)).result()
    management.accounts.begin_delete(GROUP, "kept").result()

    management.deleted_accounts.begin_purge("swedencentral", GROUP, "kept").result()

    assert ("kept" in listed, taken.value.error.code) == (True, "FlagMustBeSetForRestore")
    with pytest.raises(ResourceNotFoundError):
        management.deleted_accounts.get("swedencentral", GROUP, "kept")


def test_account_is_changed_by_patch_and_lists_page(
    emulator: Emulator, management: CognitiveServicesManagementClient
) -> None:
    for number in range(3):
        management.accounts.begin_create(GROUP, f"many-{number}", build_account(f"many-{number}")).result()
    patch = shapes.Account(tags={"team": "support"}, properties=shapes.AccountProperties(disable_local_auth=True))
    management.accounts.begin_update(GROUP, "many-0", patch).result()
    with emulator.open_http() as http:
        http.put("/_rehearsal/settings", json={"pageSize": 2})
        names = {each.name for each in management.accounts.list_by_resource_group(GROUP)}
        everywhere = {each.name for each in management.accounts.list()}
        http.put("/_rehearsal/settings", json={"pageSize": 100})

    changed = management.accounts.get(GROUP, "many-0")
    assert (changed.tags, changed.properties.disable_local_auth) == ({"team": "support"}, True)
    assert {"contoso-dev", "many-0", "many-1", "many-2"} <= names <= everywhere
    with pytest.raises(HttpResponseError):
        management.accounts.list_keys(GROUP, "many-0")


def test_keys_are_made_anew_one_by_one(management: CognitiveServicesManagementClient) -> None:
    before = management.accounts.list_keys(**PLACE)

    after = management.accounts.regenerate_key(**PLACE, key_name="Key1")

    assert before.key1 != after.key1
    assert before.key2 == after.key2


def test_what_is_sold_and_what_is_left_is_told(management: CognitiveServicesManagementClient) -> None:
    here = {
        each.name: each.properties for each in management.location_based_model_capacities.list("swedencentral", **MODEL)
    }
    regions = {each.location for each in management.model_capacities.list(**MODEL)}
    sold = {each.model.name for each in management.models.list("swedencentral")}

    assert here["Standard"].available_capacity >= 0
    assert "swedencentral" in regions
    assert "gpt-4o-mini" in sold


def test_load_is_sized_and_a_domain_is_asked_for(management: CognitiveServicesManagementClient) -> None:
    workload = shapes.ModelCapacityCalculatorWorkload(
        request_per_minute=300,
        request_parameters=shapes.ModelCapacityCalculatorWorkloadRequestParam(
            avg_prompt_tokens=800, avg_generated_tokens=200
        ),
    )
    model = shapes.DeploymentModel(format="OpenAI", name="gpt-4o-mini", version="2024-07-18")

    sized = management.calculate_model_capacity(model=model, sku_name="ProvisionedManaged", workloads=[workload])
    taken = management.check_domain_availability("contoso-dev", "Microsoft.CognitiveServices/accounts")
    free = management.check_domain_availability("contoso-free", "Microsoft.CognitiveServices/accounts")

    assert sized.estimated_capacity.deployable_value == 25
    assert (taken.is_subdomain_available, free.is_subdomain_available) == (False, True)


def test_content_filters_are_made_listed_and_removed(management: CognitiveServicesManagementClient) -> None:
    policy = shapes.RaiPolicy(
        properties=shapes.RaiPolicyProperties(
            mode="Default",
            base_policy_name="Microsoft.DefaultV2",
            content_filters=[
                shapes.RaiPolicyContentFilter(
                    name="Hate", enabled=True, blocking=True, severity_threshold="High", source="Prompt"
                )
            ],
        )
    )
    management.rai_policies.create_or_update(**PLACE, rai_policy_name="lenient", rai_policy=policy)

    listed = {each.name for each in management.rai_policies.list(**PLACE)}
    management.rai_policies.begin_delete(**PLACE, rai_policy_name="lenient").result()

    assert {"lenient", "Microsoft.DefaultV2"} <= listed
    with pytest.raises(ResourceNotFoundError):
        management.rai_policies.get(**PLACE, rai_policy_name="lenient")


def test_asynchronous_half_does_the_same(emulator: Emulator) -> None:
    asyncio.run(_live(emulator))


async def _live(emulator: Emulator) -> None:
    async with open_async(emulator) as client:
        await (await client.accounts.begin_create(GROUP, "aio", build_account("aio"))).result()
        body = build_deployment("gpt-4o-mini", capacity=1)
        body["properties"]["model"]["version"] = "2024-07-18"
        await (await client.deployments.begin_create_or_update(GROUP, "aio", "base", body)).result()
        skus = [each.sku.name async for each in client.deployments.list_skus(GROUP, "aio", "base")]
        await (await client.deployments.begin_delete(GROUP, "aio", "base")).result()
        await (await client.accounts.begin_delete(GROUP, "aio")).result()
        await (await client.deleted_accounts.begin_purge("swedencentral", GROUP, "aio")).result()

    assert "GlobalStandard" in skus
