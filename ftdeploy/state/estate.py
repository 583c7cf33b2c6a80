"""The world around a stack, from its export: accounts that it uses and does not manage, and the models it deploys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ftdeploy.domain.estate import Estate, EstateAccount, EstateModel
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.resource_ids import AccountId, find_account_id
from ftdeploy.domain.tags import find_tagged_base
from ftdeploy.state.checkpoint import Checkpoint, Resource

_PROVIDER = "pulumi:providers:azure-native"
_ACCOUNT = "azure-native:cognitiveservices:Account"
_DEPLOYMENT = "azure-native:cognitiveservices:Deployment"
_UNTOLD = BaseModel(name="gpt-4o-mini", version="2024-07-18")
"""Stands in for a base that neither tags nor names tell."""


def read_estate(checkpoint: Checkpoint) -> Estate:
    """What the stack leans on; what it manages itself is left out, since `up` is to make it.

    Names and places only: inputs that Pulumi keeps as secrets are no texts there, and are never read.
    """
    managed = {str(found).lower() for found in _list_managed(checkpoint)}
    deployments = [each for each in checkpoint.resources if each.type == _DEPLOYMENT]
    models = tuple(_read_models(deployments))
    around = {str(each.account): each.account for each in models} | {
        str(found): found for each in deployments if (found := find_account_id(each.id.rpartition("/deployments/")[0]))
    }
    accounts = [EstateAccount(id=each, region="", subdomain=each.name) for each in around.values()]
    return Estate(
        tenants=_read_tenants(checkpoint, around.values()),
        accounts=tuple(each for each in accounts if str(each.id).lower() not in managed),
        models=tuple(each for each in models if str(each.account).lower() not in managed),
    )


def _list_managed(checkpoint: Checkpoint) -> Iterator[AccountId]:
    for each in checkpoint.resources:
        found = find_account_id(each.id) if each.type == _ACCOUNT else None
        if found is not None:
            yield found


def _read_models(deployments: list[Resource]) -> Iterator[EstateModel]:
    seen: set[tuple[str, str]] = set()
    for each in deployments:
        model = _get_mapping(_get_mapping(each.inputs, "properties"), "model")
        own = each.id.rpartition("/deployments/")[0]
        account = find_account_id(str(model.get("source") or model.get("sourceAccount") or own))
        name = str(model.get("name") or "")
        if account is None or (".ft-" not in name and not name.startswith("ftchkpt-")):
            continue
        tags = {key: value for key, value in _get_mapping(each.inputs, "tags").items() if isinstance(value, str)}
        if (str(account).lower(), name) not in seen:
            seen.add((str(account).lower(), name))
            yield EstateModel(account=account, name=name, base=find_tagged_base(tags) or _UNTOLD)


def _read_tenants(checkpoint: Checkpoint, accounts: Any) -> dict[str, str]:  # noqa: ANN401 a view of ids
    """Subscriptions with their tenants; one that no provider names is in the tenant that a provider is let into too."""
    tenants: dict[str, str] = {}
    others: list[str] = []
    for each in checkpoint.resources:
        if each.type == _PROVIDER and isinstance(each.inputs.get("subscriptionId"), str):
            tenants[each.inputs["subscriptionId"]] = str(each.inputs.get("tenantId") or "")
            others += json.loads(str(each.inputs.get("auxiliaryTenantIds") or "[]"))
    home = next(iter(tenants.values()), "")
    sources = {each.subscription for each in accounts} - set(tenants)
    return tenants | {each: others[0] if len(others) == 1 else home for each in sorted(sources)}


def _get_mapping(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, Mapping) else {}
