"""Microsoft's and OpenAI's own clients, as they come, over TLS."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from azure.identity import ClientSecretCredential, get_bearer_token_provider
from azure.identity.aio import ClientSecretCredential as AsyncCredential
from azure.mgmt.cognitiveservices import CognitiveServicesManagementClient
from azure.mgmt.cognitiveservices.aio import CognitiveServicesManagementClient as AsyncManagement
from azure.mgmt.core.policies import AuxiliaryAuthenticationPolicy
from openai import AzureOpenAI, OpenAI

from tests.rehearsal.azure.processes import Emulator
from tests.rehearsal.azure.scenarios import (
    FOREIGN_ACCOUNT,
    FOREIGN_MODEL,
    OTHER_TENANT,
    OWN_MODEL,
    PIPELINE,
    SECRET,
    SUBSCRIPTION,
    TENANT,
    TRAINED_MODEL,
    TRAINING_ACCOUNT,
    build_deployment,
)

SCOPE = "https://management.azure.com/.default"
MODEL_SCOPE = "https://cognitiveservices.azure.com/.default"
PLACE = {"resource_group_name": "rg-dev", "account_name": "contoso-dev"}
MESSAGES = [{"role": "user", "content": "Hello?"}]


@pytest.fixture(scope="module")
def credential(emulator: Emulator) -> Iterator[ClientSecretCredential]:
    with open_credential(emulator, TENANT) as opened:
        yield opened


@pytest.fixture(scope="module")
def management(emulator: Emulator, credential: ClientSecretCredential) -> Iterator[CognitiveServicesManagementClient]:
    with open_credential(emulator, OTHER_TENANT) as other:
        policy = AuxiliaryAuthenticationPolicy([other], SCOPE)
        with CognitiveServicesManagementClient(
            credential, SUBSCRIPTION, base_url=emulator.url, connection_verify=emulator.ca, per_retry_policies=[policy]
        ) as opened:
            yield opened


def open_credential(emulator: Emulator, tenant: str, secret: str = SECRET) -> ClientSecretCredential:
    return ClientSecretCredential(
        tenant,
        PIPELINE["clientId"],
        secret,
        authority=emulator.url,
        disable_instance_discovery=True,
        connection_verify=emulator.ca,
    )


def test_deployment_lives_and_dies(management: CognitiveServicesManagementClient) -> None:
    made = management.deployments.begin_create_or_update(
        **PLACE, deployment_name="life", deployment=build_deployment(capacity=5)
    ).result()
    patch = {"sku": {"capacity": 6}}
    grown = management.deployments.begin_update(**PLACE, deployment_name="life", deployment=patch).result()

    names = [each.name for each in management.deployments.list(**PLACE)]
    management.deployments.begin_delete(**PLACE, deployment_name="life").result()

    assert (made.properties.provisioning_state, made.properties.model.name) == ("Succeeded", OWN_MODEL)
    assert (grown.sku.capacity, "life" in names) == (6, True)
    with pytest.raises(ResourceNotFoundError):
        management.deployments.get(**PLACE, deployment_name="life")


def test_account_lives_and_dies(management: CognitiveServicesManagementClient) -> None:
    place = {"resource_group_name": "rg-dev", "account_name": "contoso-clients"}
    body = {"location": "swedencentral", "kind": "AIServices", "sku": {"name": "S0"}, "properties": {}}

    made = management.accounts.begin_create(**place, account=body).result()
    keys = management.accounts.list_keys(**place)
    management.accounts.begin_delete(**place).result()

    assert made.properties.endpoint.endswith("/accounts/contoso-clients/")
    assert keys.key1 != keys.key2
    with pytest.raises(ResourceNotFoundError):
        management.accounts.get(**place)


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("near", {"name": TRAINED_MODEL, "source": TRAINING_ACCOUNT, "capacity": 5}),
        ("far", {"name": FOREIGN_MODEL, "sourceAccount": FOREIGN_ACCOUNT, "capacity": 5}),
    ],
    ids=["same-tenant", "other-tenant"],
)
def test_model_of_another_account_is_deployed(
    management: CognitiveServicesManagementClient, name: str, model: dict
) -> None:
    body = build_deployment(**model)

    made = management.deployments.begin_create_or_update(**PLACE, deployment_name=name, deployment=body).result()

    assert made.properties.model.name == model["name"]


def test_slow_operation_is_followed_and_conflict_is_seen(
    emulator: Emulator, management: CognitiveServicesManagementClient
) -> None:
    with emulator.open_http() as http:
        http.put("/_rehearsal/settings", json={"operationSeconds": 0.3})
        body = build_deployment(capacity=5)
        poller = management.deployments.begin_create_or_update(**PLACE, deployment_name="slow", deployment=body)
        with pytest.raises(HttpResponseError) as refused:
            management.deployments.begin_delete(**PLACE, deployment_name="slow")
        made = poller.result()
        http.put("/_rehearsal/settings", json={"operationSeconds": 0})

    assert (refused.value.status_code, refused.value.error.code) == (409, "RequestConflict")
    assert made.properties.provisioning_state == "Succeeded"


def test_usages_and_models_are_read(management: CognitiveServicesManagementClient) -> None:
    usages = {each.name.value for each in management.usages.list("swedencentral")}
    models = {each.name: each for each in management.accounts.list_models(**PLACE)}

    assert "OpenAI.Standard.gpt-4o-mini-finetune" in usages
    assert models[OWN_MODEL].base_model.name == "gpt-4o-mini"
    assert any(each.model.name == "gpt-4.1" for each in management.models.list("swedencentral"))


def test_wrong_secret_is_an_authentication_error(emulator: Emulator) -> None:
    with (
        open_credential(emulator, TENANT, "wrong") as wrong,
        pytest.raises(ClientAuthenticationError, match="AADSTS7000215"),
    ):
        wrong.get_token(SCOPE)


async def _list_names(emulator: Emulator) -> list[str]:
    options = {"connection_verify": emulator.ca}
    async with (
        AsyncCredential(TENANT, PIPELINE["clientId"], SECRET, authority=emulator.url, **options) as credential,
        AsyncManagement(credential, SUBSCRIPTION, base_url=emulator.url, **options) as client,
    ):
        body = build_deployment(capacity=5)
        poller = await client.deployments.begin_create_or_update(**PLACE, deployment_name="aio", deployment=body)
        await poller.result()
        return [each.name async for each in client.deployments.list(**PLACE)]


def test_asynchronous_client_works(emulator: Emulator) -> None:
    import asyncio

    assert "aio" in asyncio.run(_list_names(emulator))


def test_both_openai_clients_are_answered(
    emulator: Emulator, credential: ClientSecretCredential, management: CognitiveServicesManagementClient
) -> None:
    body = build_deployment(capacity=5)
    management.deployments.begin_create_or_update(**PLACE, deployment_name="bot", deployment=body).result()
    endpoint = management.accounts.get(**PLACE).properties.endpoint
    key = management.accounts.list_keys(**PLACE).key1
    provider = get_bearer_token_provider(credential, MODEL_SCOPE)
    with (
        emulator.open_http() as http,
        AzureOpenAI(
            azure_endpoint=endpoint, azure_ad_token_provider=provider, api_version="2024-10-21", http_client=http
        ) as azure,
        emulator.open_http() as plain,
        OpenAI(base_url=f"{endpoint}openai/v1/", api_key=key, http_client=plain) as openai,
    ):
        first = azure.chat.completions.create(model="bot", messages=MESSAGES)
        streamed = openai.chat.completions.create(model="bot", messages=MESSAGES, stream=True)
        text = "".join(chunk.choices[0].delta.content or "" for chunk in streamed if chunk.choices)

    assert first.model == OWN_MODEL
    assert text == first.choices[0].message.content


def test_bare_default_credential_answers_as_the_workload(
    emulator: Emulator, management: CognitiveServicesManagementClient
) -> None:
    body = build_deployment(capacity=5)
    management.deployments.begin_create_or_update(**PLACE, deployment_name="snippet", deployment=body).result()
    endpoint = management.accounts.get(**PLACE).properties.endpoint
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("AZURE_", "IDENTITY_", "MSI_"))}
    environment = {
        **kept,
        "IDENTITY_ENDPOINT": f"{emulator.url}/identity/token",
        "IDENTITY_HEADER": emulator.identity_header,
        "REQUESTS_CA_BUNDLE": emulator.ca,
        "SSL_CERT_FILE": emulator.ca,
    }

    result = subprocess.run(
        [sys.executable, "-c", _SNIPPET, endpoint],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (result.stdout.strip(), result.stderr) == (OWN_MODEL, "")


_SNIPPET = """
import sys
from azure.identity import DefaultAzureCredential, get_bearer_token_provider
from openai import AzureOpenAI
provider = get_bearer_token_provider(DefaultAzureCredential(), "https://cognitiveservices.azure.com/.default")
client = AzureOpenAI(azure_endpoint=sys.argv[1], azure_ad_token_provider=provider, api_version="2024-10-21")
print(client.chat.completions.create(model="snippet", messages=[{"role": "user", "content": "Hello?"}]).model)
"""


def test_other_port_is_never_named(emulator: Emulator) -> None:
    with emulator.open_http() as http:
        assert isinstance(http, httpx.Client)
        metadata = http.get("/metadata/endpoints?api-version=2022-09-01").json()

    assert metadata["resourceManager"] == emulator.url
