"""A stack file's records as what rules judge."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ftdeploy.domain.facts import Facts, Right
from ftdeploy.domain.stacks import Access, Account, Deployment, Stack
from ftdeploy.domain.tags import list_deployment_tags, list_stack_tags
from ftdeploy.domain.wishes import AccessWish, AccountWish, DeploymentWish, Places, Scope, StackWish
from ftdeploy.errors import Place

# As the components write them; stack files cannot say anything else.
VERSION_UPGRADE = "NoAutoUpgrade"

_STACK_KEYS = frozenset({"owner", "tags"})
"""What a stack says once for everything in it."""


def wish_for_stack(stack: Stack, place: Callable[[str], Place], facts: Facts) -> StackWish:
    """Everything that a stack wants.

    Args:
        stack: what is wanted.
        place: tells where a dotted key path stands, such as `accounts.support.deployments.support-bot.ptu`.
        facts: tell what roles let their holders do.
    """
    scope = Scope(stack=stack.name, stage=stack.stage, geography=stack.geography)
    return StackWish(
        place=place,
        scope=scope,
        subscription=stack.subscription,
        accounts=tuple(_wish_for_account(each, stack, scope, place, facts) for each in stack.accounts),
    )


def _wish_for_account(
    account: Account, stack: Stack, scope: Scope, place: Callable[[str], Place], facts: Facts
) -> AccountWish:
    new = account.new
    rights = {each.guid: each.rights for each in facts.roles.values()}
    path = f"accounts.{account.key}"
    return AccountWish(
        place=partial(_place_below, place, path),
        scope=scope,
        name=account.id.name,
        id=account.id,
        region=account.region,
        is_new=new is not None,
        is_public=None if new is None else new.public_network_access != "Disabled",
        has_keys=None if new is None else False,
        has_customer_managed_key=None if new is None else new.customer_managed_key is not None,
        has_diagnostics=None if new is None else bool(new.diagnostics),
        owner=stack.owner,
        tags=list_stack_tags(stack),
        access=tuple(
            _wish_for_access(each, partial(_place_below, place, f"{path}.access[{index}]"), rights[each.role_id])
            for index, each in enumerate(account.access)
        ),
        deployments=tuple(_wish_for_deployment(each, account, stack, scope, place) for each in account.deployments),
    )


def _wish_for_access(access: Access, place: Places, rights: frozenset[Right]) -> AccessWish:
    return AccessWish(place=place, principal=access.principal, role=access.role, rights=rights)


def _wish_for_deployment(
    deployment: Deployment, account: Account, stack: Stack, scope: Scope, place: Callable[[str], Place]
) -> DeploymentWish:
    model = deployment.model
    is_foreign = model.tenant.lower() != stack.tenant.lower()
    is_own = not is_foreign and model.account.is_same(account.id)
    return DeploymentWish(
        place=partial(_place_below, place, f"accounts.{account.key}.deployments.{deployment.key}"),
        scope=scope,
        name=deployment.key,
        account=account.id.name,
        region=account.region,
        sku_text=deployment.api_sku,
        capacity=deployment.capacity,
        model=model.name,
        base=model.base,
        source=None if is_own else model.account,
        source_region=model.region,
        is_source_foreign=is_foreign,
        content_filter=deployment.content_filter,
        version_upgrade=VERSION_UPGRADE,
        spillover=deployment.spillover,
        load=deployment.load,
        needs=deployment.needs,
        when_idle=deployment.when_idle,
        owner=stack.owner,
        tags=list_deployment_tags(deployment, stack),
    )


def _place_below(place: Callable[[str], Place], path: str, key: str) -> Place:
    if key in _STACK_KEYS:
        return place(key)
    return place(f"{path}.{key}" if key else path)
