"""Accounts and their deployments, as Resource Manager has them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ftdeploy.azure.credentials import TenantCredential
from ftdeploy.azure.endpoints import MANAGEMENT_SCOPE, Cloud
from ftdeploy.azure.refusals import UNREACHABLE, Attempt, explain_refusal
from ftdeploy.domain.observations import AccountState, DeploymentState
from ftdeploy.domain.resource_ids import AccountId

if TYPE_CHECKING:
    from azure.mgmt.cognitiveservices.aio import CognitiveServicesManagementClient
    from azure.mgmt.cognitiveservices.models import Deployment

_RETRIES = 3
"""Ours: azure-core's own 10 keep a person waiting for minutes."""

_CONNECT_SECONDS = 15
_READ_SECONDS = 60
"""Ours, as well: azure-core waits 300 seconds for each."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The Azure OpenAI accounts of one subscription."""

    client: CognitiveServicesManagementClient

    async def find_account(self, account: AccountId) -> AccountState | None:
        """An account; None when there is none of that id.

        Raises:
            ServiceRefused: Azure refused, or could not be reached.
        """
        from azure.core.exceptions import ResourceNotFoundError

        with _translate(Attempt(action=f"read the account {account.name}", where=str(account))):
            try:
                found = await self.client.accounts.get(account.resource_group, account.name)
            except ResourceNotFoundError as error:
                if _get_code(error) == "SubscriptionNotFound":
                    raise
                return None
        endpoint = found.properties.endpoint if found.properties else None
        return AccountState(id=account, region=found.location or "", endpoint=endpoint or "")

    async def list_deployments(self, account: AccountId) -> tuple[DeploymentState, ...]:
        """All deployments of an account, by name.

        Raises:
            ServiceRefused: Azure refused, or could not be reached.
        """
        with _translate(Attempt(action=f"list the deployments of {account.name}", where=str(account))):
            listed = self.client.deployments.list(account.resource_group, account.name)
            found = [_parse_deployment(each) async for each in listed]
        return tuple(sorted(found, key=lambda each: each.name))


@asynccontextmanager
async def open_accounts(cloud: Cloud, credential: TenantCredential, subscription: str) -> AsyncIterator[Accounts]:
    """The accounts of one subscription."""
    from azure.mgmt.cognitiveservices.aio import CognitiveServicesManagementClient

    async with CognitiveServicesManagementClient(
        credential,
        subscription,
        base_url=cloud.resource_manager,
        credential_scopes=[MANAGEMENT_SCOPE],
        retry_total=_RETRIES,
        connection_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
    ) as client:
        yield Accounts(client)


@contextmanager
def _translate(attempt: Attempt) -> Iterator[None]:
    from azure.core.exceptions import AzureError, HttpResponseError

    try:
        yield
    except HttpResponseError as error:
        raise explain_refusal(attempt, status=error.status_code, code=_get_code(error)) from error
    except AzureError as error:
        raise explain_refusal(attempt, status=None, code=UNREACHABLE) from error


def _get_code(error: Exception) -> str | None:
    return getattr(getattr(error, "error", None), "code", None)


def _parse_deployment(found: Deployment) -> DeploymentState:
    model = found.properties.model if found.properties else None
    return DeploymentState(
        name=found.name or "",
        model=(model.name if model else None) or "",
        sku=(found.sku.name if found.sku else None) or "",
        created_at=found.system_data.created_at if found.system_data else None,
    )
