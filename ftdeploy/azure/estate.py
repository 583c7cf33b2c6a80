"""A subscription's accounts with what is in them, and its quotas, as Azure has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ftdeploy.azure.accounts import Accounts, translate
from ftdeploy.azure.refusals import Attempt
from ftdeploy.domain.estate import Estate, EstateAccount, EstateDeployment, EstateModel, EstateQuota
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.resource_ids import get_account_id

if TYPE_CHECKING:
    from azure.mgmt.cognitiveservices.models import Account, AccountModel, Deployment


async def survey(accounts: Accounts, tenant: str, *, now: datetime, tell: Callable[[str], None]) -> Estate:
    """Read everything, one account after the other.

    Args:
        accounts: the subscription.
        tenant: whose it is.
        now: for ages.
        tell: is told what is read, a line each.

    Raises:
        ServiceRefused: Azure refused, or could not be reached.
    """
    client, found = accounts.client, Estate(tenants={accounts.subscription: tenant})
    with translate(Attempt(action="read the subscription", where=f"/subscriptions/{accounts.subscription}")):
        listed = [_read_account(each) async for each in client.accounts.list()]
        deployments: list[EstateDeployment] = []
        models: list[EstateModel] = []
        for account in listed:
            tell(f"reading {account.id.name}")
            names = (account.id.resource_group, account.id.name)
            deployments += [_read_deployment(account, each, now) async for each in client.deployments.list(*names)]
            models += [
                read
                for each in [each async for each in client.accounts.list_models(*names)]
                if (read := _read_model(account, each)) is not None
            ]
        quotas: list[EstateQuota] = []
        for region in sorted({each.region for each in listed}):
            tell(f"reading quotas in {region}")
            quotas += [
                EstateQuota(
                    subscription=accounts.subscription, region=region, name=each.name.value, limit=int(each.limit)
                )
                async for each in client.usages.list(region)
                if each.name and each.name.value and each.limit
            ]
    return Estate(
        tenants=found.tenants,
        accounts=tuple(listed),
        deployments=tuple(deployments),
        models=tuple(models),
        quotas=tuple(quotas),
    )


def _read_account(found: Account) -> EstateAccount:
    properties = found.properties
    return EstateAccount(
        id=get_account_id(found.id or ""),
        region=(found.location or "").replace(" ", "").lower(),
        kind=found.kind or "OpenAI",
        subdomain=(properties.custom_sub_domain_name if properties else None) or "",
        has_keys=not (properties and properties.disable_local_auth),
        public_network_access=str((properties.public_network_access if properties else None) or "Enabled"),
    )


def _read_deployment(account: EstateAccount, found: Deployment, now: datetime) -> EstateDeployment:
    model = found.properties.model if found.properties else None
    created = found.system_data.created_at if found.system_data else None
    age_days = (now - created.astimezone(UTC)).total_seconds() / 86_400 if created else 0.0
    return EstateDeployment(
        account=account.id,
        name=found.name or "",
        sku=(found.sku.name if found.sku else None) or "",
        capacity=int((found.sku.capacity if found.sku else None) or 1),
        model_name=(model.name if model else None) or "",
        model_version=(model.version if model else None) or "",
        source=(model.source if model else None) or (model.source_account if model else None) or "",
        age_days=round(max(age_days, 0.0), 3),
        tags=tuple(sorted((found.tags or {}).items())),
    )


def _read_model(account: EstateAccount, found: AccountModel) -> EstateModel | None:
    """A fine-tuned model; None for those that everybody has."""
    base = found.base_model
    if base is None or not base.name or not found.name:
        return None
    named = BaseModel(name=base.name, version=base.version or "")
    return EstateModel(account=account.id, name=found.name, base=named)
