"""OpenAI's own clients, pointed at an emulator in a process."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx
from openai import AsyncOpenAI, AzureOpenAI

from tests.rehearsal.azure.processes import Emulator
from tests.rehearsal.azure.scenarios import ACCOUNT, PIPELINE, SECRET, TENANT

VERSION = "2024-10-21"


def get_token(emulator: Emulator, scope: str) -> str:
    """A token of the pipeline's."""
    form = {"grant_type": "client_credentials", "client_id": PIPELINE["clientId"], "client_secret": SECRET}
    with emulator.open_http() as http:
        response = http.post(f"/{TENANT}/oauth2/v2.0/token", data={**form, "scope": scope})
    return str(response.json()["access_token"])


def get_key(emulator: Emulator) -> str:
    """A key of the account `contoso-dev`."""
    headers = {"Authorization": f"Bearer {get_token(emulator, 'https://management.azure.com/.default')}"}
    with emulator.open_http() as http:
        response = http.post(f"{ACCOUNT}/listKeys?api-version=2025-06-01", headers=headers)
    return str(response.json()["key1"])


@contextmanager
def open_azure(emulator: Emulator, *, version: str = VERSION) -> Iterator[AzureOpenAI]:
    """The client with dated addresses and a key."""
    with (
        emulator.open_http() as http,
        AzureOpenAI(
            azure_endpoint=f"{emulator.url}/accounts/contoso-dev",
            api_key=get_key(emulator),
            api_version=version,
            http_client=http,
            max_retries=0,
        ) as client,
    ):
        yield client


@asynccontextmanager
async def open_v1(emulator: Emulator) -> AsyncIterator[AsyncOpenAI]:
    """The asynchronous client of v1 with a token."""
    context = ssl.create_default_context(cafile=emulator.ca)
    async with (
        httpx.AsyncClient(verify=context) as http,
        AsyncOpenAI(
            base_url=f"{emulator.url}/accounts/contoso-dev/openai/v1/",
            api_key=get_token(emulator, "https://ai.azure.com/.default"),
            http_client=http,
            max_retries=0,
        ) as client,
    ):
        yield client
