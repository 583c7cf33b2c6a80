"""Where Azure is: public Azure, or what a metadata host names."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from ftdeploy.errors import Place, Problem, ServiceRefused

Fetch = Callable[[str], Awaitable[tuple[int, str]]]
"""Gives the status and the text that an address answers; raises OSError when it cannot be reached."""

Challenge = Callable[[str], Awaitable[str]]
"""Gives the challenge that an address answers to who has not signed in, empty where there is none; raises OSError."""
_AUTHORITY = re.compile(
    r'authorization_uri="https://[^"]*/(?P<tenant>[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})/?"'
)

# https://learn.microsoft.com/azure/azure-resource-manager/management/control-plane-and-data-plane (2026-11-21)
PUBLIC_RESOURCE_MANAGER = "https://management.azure.com"

# Asked for in every cloud that this supports: public Azure, and a pretend Azure that takes its place. The national
# clouds have other audiences and are refused.
MANAGEMENT_SCOPE = "https://management.azure.com/.default"
INFERENCE_SCOPE = "https://cognitiveservices.azure.com/.default"

_API_VERSION = "2022-09-01"
_TIMEOUT_SECONDS = 30
_NATIONAL = ("AzureChinaCloud", "AzureUSGovernment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """The addresses of one Azure."""

    resource_manager: str = PUBLIC_RESOURCE_MANAGER
    """Without a slash at its end."""


async def find_cloud(metadata_host: str | None, *, fetch: Fetch | None = None) -> Cloud:
    """Public Azure, or the Azure that `metadata_host` describes.

    Args:
        metadata_host: such as `127.0.0.1:8443`, asked at `/metadata/endpoints`; None for public Azure.
        fetch: asks it; tests give their own.

    Raises:
        ServiceRefused: no answer like `{"name": "…", "resourceManager": "https://…"}`, or a national cloud.
    """
    if not metadata_host:
        return Cloud()
    address = f"https://{metadata_host}/metadata/endpoints"
    document = await _get_document(address, fetch or _fetch)
    manager = document.get("resourceManager")
    if not isinstance(manager, str) or not manager.startswith("https://"):
        raise _refuse_host(address, "it names no Resource Manager at an `https://` address")
    if document.get("name") in _NATIONAL:
        raise _refuse_host(address, f"{document['name']} is not supported, only public Azure is")
    return Cloud(resource_manager=manager.rstrip("/"))


async def find_tenant(cloud: Cloud, subscription: str, *, challenge: Challenge | None = None) -> str:
    """The tenant of a subscription, as Azure tells it to whoever asks without signing in.

    Args:
        cloud: which Azure.
        subscription: its id.
        challenge: asks; tests give their own.

    Raises:
        ServiceRefused: Azure does not say it, or cannot be reached.
    """
    address = f"{cloud.resource_manager}/subscriptions/{subscription}"
    try:
        told = _AUTHORITY.search(await (challenge or _challenge)(f"{address}?api-version={_API_VERSION}"))
    except OSError as error:
        raise _refuse_tenant(address, "it cannot be reached") from error
    if told is None:
        raise _refuse_tenant(address, "it does not say whose the subscription is")
    return told["tenant"]


async def _challenge(url: str) -> str:
    return (await _ask(url))[2]


async def _get_document(address: str, fetch: Fetch) -> dict[str, Any]:
    try:
        status, text = await fetch(f"{address}?api-version={_API_VERSION}")
        document = json.loads(text) if status == HTTPStatus.OK else None
    except OSError as error:
        raise _refuse_host(address, "it cannot be reached") from error
    except ValueError as error:
        raise _refuse_host(address, "it does not answer JSON") from error
    if not isinstance(document, dict):
        raise _refuse_host(address, f"it does not answer as a metadata host ({status})")
    return document


async def _fetch(url: str) -> tuple[int, str]:
    status, text, _ = await _ask(url)
    return status, text


async def _ask(url: str) -> tuple[int, str, str]:
    """Status, text and challenge; by aiohttp, which the Azure clients import too: httpx would take 0.1 s more."""
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS)
    try:
        async with aiohttp.ClientSession(trust_env=True, timeout=timeout) as client, client.get(url) as reply:
            return reply.status, await reply.text(), reply.headers.get("WWW-Authenticate", "")
    except aiohttp.ClientError as error:
        raise ConnectionError(str(error)) from error


def _refuse_tenant(address: str, reason: str) -> ServiceRefused:
    problem, fix = f"Azure did not tell the subscription's tenant: {reason}", "name it with `--tenant TENANT`"
    return ServiceRefused((Problem(problem=problem, where=Place(name=address), fix=fix),))


def _refuse_host(address: str, reason: str) -> ServiceRefused:
    problem = f"the metadata host does not say where Azure is: {reason}"
    fix = "correct or unset `ARM_METADATA_HOSTNAME`; another try helps only after that"
    return ServiceRefused((Problem(problem=problem, where=Place(name=address), fix=fix),))
