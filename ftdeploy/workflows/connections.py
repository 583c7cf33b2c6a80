"""Connections to the real services behind the workflows' ports: Azure, and Git on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from ftdeploy.azure.accounts import Accounts, open_accounts
from ftdeploy.azure.credentials import TenantCredential, open_credential
from ftdeploy.azure.endpoints import Cloud, find_cloud
from ftdeploy.azure.inference import Inference, open_inference
from ftdeploy.azure.metrics import Metrics, open_metrics
from ftdeploy.azure.offerings import list_offerings
from ftdeploy.domain.observations import AccountState
from ftdeploy.domain.offerings import Offering
from ftdeploy.domain.stacks import Stack
from ftdeploy.git.commits import Commits
from ftdeploy.git.commits import open_commits as open_commits_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Azure, signed in to a stack's tenant."""

    cloud: Cloud
    credential: TenantCredential
    accounts: Accounts

    async def list_offerings(self, region: str) -> tuple[Offering, ...]:
        """The OpenAI models of a region.

        Raises:
            ServiceRefused: Azure refused, or could not be reached.
        """
        return await list_offerings(self.accounts, region)

    def open_metrics(self) -> AbstractAsyncContextManager[Metrics]:
        """Azure Monitor."""
        return open_metrics(self.cloud, self.credential)

    def open_inference(self, account: AccountState) -> AbstractAsyncContextManager[Inference]:
        """The model endpoint of an account."""
        return open_inference(self.credential, account)


@asynccontextmanager
async def open_azure(stack: Stack, metadata_host: str | None) -> AsyncIterator[Connection]:
    """Azure as a stack needs it.

    Args:
        stack: names tenant and subscription.
        metadata_host: tells where Azure is; None for public Azure.

    Raises:
        ServiceRefused: the metadata host does not answer.
    """
    cloud = await find_cloud(metadata_host)
    async with (
        open_credential(stack.tenant) as credential,
        open_accounts(cloud, credential, stack.subscription) as accounts,
    ):
        yield Connection(cloud=cloud, credential=credential, accounts=accounts)


def open_commits(root: Path, environment: Mapping[str, str]) -> Commits:
    """The Git work tree that the repository is in."""
    return open_commits_of(root, environment)
