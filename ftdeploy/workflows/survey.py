"""What exists in a subscription, for a rehearsal of one's own estate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ftdeploy.azure.accounts import open_accounts
from ftdeploy.azure.credentials import open_credential
from ftdeploy.azure.endpoints import find_cloud, find_tenant
from ftdeploy.azure.estate import survey
from ftdeploy.domain.estate import Estate


async def survey_subscription(
    subscription: str, *, tenant: str | None, metadata_host: str | None, now: datetime, tell: Callable[[str], None]
) -> Estate:
    """Read a subscription's accounts, deployments, fine-tuned models and quotas.

    Args:
        subscription: its id.
        tenant: whose it is; Azure is asked where None.
        metadata_host: tells where Azure is; None for public Azure.
        now: for ages.
        tell: is told what is read, a line each.

    Raises:
        ServiceRefused: Azure refused, or could not be reached.
    """
    cloud = await find_cloud(metadata_host)
    tenant = tenant or await find_tenant(cloud, subscription)
    async with (
        open_credential(tenant) as credential,
        open_accounts(cloud, credential, subscription) as accounts,
    ):
        return await survey(accounts, tenant, now=now, tell=tell)
