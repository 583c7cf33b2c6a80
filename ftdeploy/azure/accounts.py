"""Accounts and their deployments, as Resource Manager has them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ftdeploy.azure.credentials import TenantCredential
from ftdeploy.azure.endpoints import MANAGEMENT_SCOPE, Cloud
from ftdeploy.azure.refusals import UNREACHABLE, Attempt, explain_refusal
from ftdeploy.domain.observations import AccountState, DeletedAccount, DeploymentState
from ftdeploy.domain.resource_ids import AccountId

if TYPE_CHECKING:
    from azure.mgmt.cognitiveservices.aio import CognitiveServicesManagementClient
    from azure.mgmt.cognitiveservices.models import Account, Deployment

_RETRIES = 3
"""Ours: azure-core's own 10 keep a person waiting for minutes."""

_CONNECT_SECONDS = 15
_READ_SECONDS = 60
"""Ours, as well: azure-core waits 300 seconds for each."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The Azure OpenAI accounts of one subscription."""

    client: CognitiveServicesManagementClient
    subscription: str

    async def find_account(self, account: AccountId) -> AccountState | None:
        """An account; None when there is none of that id.

        Raises:
            ServiceRefused: Azure refused, or could not be reached.
        """
        from azure.core.exceptions import ResourceNotFoundError

        with translate(Attempt(action=f"read the account {account.name}", where=str(account))):
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
        with translate(Attempt(action=f"list the deployments of {account.name}", where=str(account))):
            listed = self.client.deployments.list(account.resource_group, account.name)
            found = [_parse_deployment(each) async for each in listed]
        return tuple(sorted(found, key=lambda each: each.name))

    async def list_deleted(self) -> tuple[DeletedAccount, ...]:
        """The subscription's deleted accounts that are not purged yet, by id.

        Raises:
            ServiceRefused: Azure refused, or could not be reached.
        """
        with translate(Attempt(action="list the deleted accounts", where=f"/subscriptions/{self.subscription}")):
            found = [_parse_deleted(each) async for each in self.client.deleted_accounts.list()]
        return tuple(sorted((each for each in found if each is not None), key=lambda each: str(each.id)))

    async def purge(self, deleted: DeletedAccount) -> None:
        """Purge a deleted account; nothing brings it back.

        Raises:
            ServiceRefused: Azure refused, or could not be reached.
        """
        attempt = Attempt(
            action=f"purge {deleted.id.name}",
            where=f"/subscriptions/{self.subscription}",
            role="Cognitive Services Contributor",
        )
        with translate(attempt):
            poller = await self.client.deleted_accounts.begin_purge(
                deleted.region, deleted.id.resource_group, deleted.id.name
            )
            await poller.result()


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
        yield Accounts(client, subscription)


@contextmanager
def translate(attempt: Attempt) -> Iterator[None]:
    """What the management client raises inside, as our own error.

    Raises:
        ServiceRefused: Azure refused, or could not be reached.
    """
    from azure.core.exceptions import AzureError, HttpResponseError

    try:
        yield
    except HttpResponseError as error:
        raise explain_refusal(attempt, status=error.status_code, code=_get_code(error)) from error
    except AzureError as error:
        raise explain_refusal(attempt, status=None, code=UNREACHABLE) from error


def _get_code(error: Exception) -> str | None:
    return getattr(getattr(error, "error", None), "code", None)


# `…/providers/Microsoft.CognitiveServices/locations/<region>/resourceGroups/<group>/deletedAccounts/<name>`, as
# https://learn.microsoft.com/rest/api/aiservices/accountmanagement/deleted-accounts/list shows it (2026-11-21)
_DELETED = re.compile(
    r"/locations/(?P<region>[^/]+)/resourceGroups/(?P<group>[^/]+)/deletedAccounts/(?P<name>[^/]+)$", re.I
)


def _parse_deleted(found: Account) -> DeletedAccount | None:
    named = _DELETED.search(found.id or "")
    if named is None:
        return None
    subscription = (found.id or "").split("/")[2]
    properties = found.properties
    return DeletedAccount(
        id=AccountId(subscription=subscription, resource_group=named["group"], name=named["name"]),
        region=named["region"],
        deleted_at=_parse_time(properties.deletion_date if properties else None),
        purge_at=_parse_time(properties.scheduled_purge_date if properties else None),
    )


def _parse_time(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and not found.tzinfo else found


def _parse_deployment(found: Deployment) -> DeploymentState:
    model = found.properties.model if found.properties else None
    return DeploymentState(
        name=found.name or "",
        model=(model.name if model else None) or "",
        sku=(found.sku.name if found.sku else None) or "",
        created_at=found.system_data.created_at if found.system_data else None,
    )
