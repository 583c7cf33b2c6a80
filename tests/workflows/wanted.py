"""Wanted stacks, as records; a test states only what it is about."""

from __future__ import annotations

from ftdeploy.domain.models import BaseModel, FineTunedModel
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.stacks import Account, Change, Deployment, Stack


def build_stack(*accounts: Account) -> Stack:
    """Stack `dev` with these accounts."""
    return Stack(
        name="dev",
        stage="dev",
        wave=1,
        geography="eu",
        tenant="t",
        subscription="s",
        owner="o",
        accounts=accounts,
    )


def build_account(*deployments: str, key: str = "support") -> Account:
    """The account `contoso` with these deployments."""
    account = AccountId(subscription="s", resource_group="g", name="contoso")
    wanted = tuple(_build_deployment(each, account) for each in deployments)
    return Account(key=key, id=account, new=None, access=(), deployments=wanted, protect=False)


def _build_deployment(key: str, account: AccountId) -> Deployment:
    base = BaseModel(name="gpt-4o-mini", version="2024-07-18")
    return Deployment(
        key=key,
        model=FineTunedModel(name="ft", account=account, tenant="t", base=base),
        model_id="support-bot@1",
        sku=Sku.STANDARD,
        api_sku="Standard",
        capacity=10,
        load=None,
        content_filter="Microsoft.DefaultV2",
        change=Change.IN_PLACE,
        protect=False,
    )
