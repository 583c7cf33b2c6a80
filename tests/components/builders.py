"""Valid records; a test states only what it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ftdeploy.domain.models import BaseModel, FineTunedModel
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.stacks import Access, Account, Change, Deployment, NewAccount, PrincipalType, Stack

TENANT = "10000000-0000-4000-8000-000000000001"
OTHER_TENANT = "20000000-0000-4000-8000-000000000002"
SUBSCRIPTION = "10000000-0000-4000-8000-0000000000d1"
ROLE_ID = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"
PRINCIPAL = "10000000-0000-4000-8000-00000000c011"
TRAINING = AccountId(subscription=SUBSCRIPTION, resource_group="rg-training", name="contoso-training-swc")
SUPPORT = AccountId(subscription=SUBSCRIPTION, resource_group="rg-support-dev", name="contoso-support-dev")


def build_model(**changes: Any) -> FineTunedModel:
    model = FineTunedModel(
        name="gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678",
        account=TRAINING,
        tenant=TENANT,
        base=BaseModel(name="gpt-4o-mini", version="2024-07-18"),
    )
    return replace(model, **changes)


def build_deployment(**changes: Any) -> Deployment:
    deployment = Deployment(
        key="support-bot",
        model=build_model(),
        model_id="support-bot@7c1f9a2b41d0",
        sku=Sku.STANDARD,
        api_sku="Standard",
        capacity=10,
        load=None,
        content_filter="Microsoft.DefaultV2",
        change=Change.IN_PLACE,
        protect=False,
    )
    return replace(deployment, **changes)


def build_access(**changes: Any) -> Access:
    access = Access(
        principal=PRINCIPAL,
        principal_type=PrincipalType.SERVICE_PRINCIPAL,
        role="Cognitive Services OpenAI User",
        role_id=ROLE_ID,
    )
    return replace(access, **changes)


def build_account(**changes: Any) -> Account:
    account = Account(
        key="support",
        id=SUPPORT,
        new=NewAccount(
            name=SUPPORT.name,
            resource_group=SUPPORT.resource_group,
            region="swedencentral",
            kind="OpenAI",
            public_network_access="Enabled",
        ),
        access=(build_access(),),
        deployments=(build_deployment(),),
        protect=False,
    )
    return replace(account, **changes)


def build_stack(**changes: Any) -> Stack:
    stack = Stack(
        name="dev",
        stage="dev",
        wave=1,
        geography="eu",
        tenant=TENANT,
        subscription=SUBSCRIPTION,
        owner="support-platform@contoso.example",
        accounts=(build_account(),),
    )
    return replace(stack, **changes)
