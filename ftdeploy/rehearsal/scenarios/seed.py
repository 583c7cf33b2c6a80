"""An estate as a scenario: what a rehearsal of one's own begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from ftdeploy.domain.estate import Estate, EstateAccount, EstateDeployment, EstateModel
from ftdeploy.domain.resource_ids import AccountId, find_account_id

STAND_IN_REGION = "swedencentral"
"""Where an account lies whose region nobody said: it counts only for what is deployed in the account itself."""
_HOME = "00000000-0000-4000-8000-00000000c000"
_PIPELINE, _WORKLOAD = "00000000-0000-4000-8000-00000000c00{}", "00000000-0000-4000-8000-00000000c01{}"
_ROLES = ("Contributor", "Role Based Access Control Administrator", "Cognitive Services OpenAI Contributor")
_READS = ("Reader", "Monitoring Reader")
_TAGS = "ftdeploy-"
"""The beginning of the tags that go along: others may say anything."""
_HEAD = """\
# An estate to rehearse on, written by `rehearse seed`. Names, places, sizes and quotas are as they were found; whoever
# signs in is made up, and so is the secret. Where nobody said an account's region, {region} stands in.
"""


def render_scenario(estate: Estate) -> str:
    """The scenario file's text."""
    return _HEAD.format(region=STAND_IN_REGION) + yaml.safe_dump(build_scenario(estate), sort_keys=False, width=1000)


def build_scenario(estate: Estate) -> dict[str, Any]:
    """The scenario as data; a made-up pipeline may do in every subscription what it needs to deploy."""
    accounts = list(_complete(estate))
    tenants = list(dict.fromkeys(tenant or _HOME for tenant in estate.tenants.values())) or [_HOME]
    subscriptions = {each.lower(): tenant or _HOME for each, tenant in estate.tenants.items()}
    for each in accounts:
        subscriptions.setdefault(each.id.subscription.lower(), tenants[0])
    return {
        "tenants": [{"id": each, "name": f"tenant-{number}"} for number, each in enumerate(tenants, 1)],
        "subscriptions": [{"id": each, "tenant": tenant, "name": each} for each, tenant in subscriptions.items()],
        "principals": _build_principals(tenants),
        "roleAssignments": list(_assign(subscriptions)),
        "resources": [*_render_groups(accounts), *map(_render_account, accounts), *map(_render, estate.deployments)],
        "fineTunedModels": [_render_model(each) for each in estate.models],
        "quota": [
            {"subscription": each.subscription, "location": each.region, "name": each.name, "limit": each.limit}
            for each in estate.quotas
        ],
    }


def _complete(estate: Estate) -> Iterator[EstateAccount]:
    """The accounts found, and those that models and deployments name beside them."""
    known = {str(each.id).lower() for each in estate.accounts}
    yield from estate.accounts
    sources = [find_account_id(each.source) for each in estate.deployments if each.source]
    for each in (*(model.account for model in estate.models), *sources):
        if each is not None and str(each).lower() not in known:
            known.add(str(each).lower())
            yield EstateAccount(id=each, region="", subdomain=each.name)


def _build_principals(tenants: Sequence[str]) -> list[dict[str, Any]]:
    workload = {"objectId": _WORKLOAD.format(1), "clientId": _WORKLOAD.format(2), "name": "workload", "identity": True}
    pipeline = {"objectId": _PIPELINE.format(1), "clientId": _PIPELINE.format(2), "name": "deploy pipeline"}
    secret = {"secret": "pretend-pipeline-secret", "identity": True, "alsoIn": list(tenants[1:])}
    return [{**workload, "tenant": tenants[0]}, {**pipeline, "tenant": tenants[0], **secret}]


def _assign(subscriptions: dict[str, str]) -> Iterator[dict[str, str]]:
    for each in subscriptions:
        scope = f"/subscriptions/{each}"
        yield from ({"principal": _PIPELINE.format(1), "role": role, "scope": scope} for role in _ROLES)
        yield from ({"principal": _WORKLOAD.format(1), "role": role, "scope": scope} for role in _READS)


def _render_groups(accounts: Sequence[EstateAccount]) -> list[dict[str, Any]]:
    groups = {_get_group(each.id).lower(): (_get_group(each.id), each.region) for each in reversed(accounts)}
    return [{"id": each, "body": {"location": region or STAND_IN_REGION}} for each, region in groups.values()]


def _get_group(account: AccountId) -> str:
    return f"/subscriptions/{account.subscription}/resourceGroups/{account.resource_group}"


def _render_account(account: EstateAccount) -> dict[str, Any]:
    properties = {"disableLocalAuth": not account.has_keys, "publicNetworkAccess": account.public_network_access}
    domain = {"customSubDomainName": account.subdomain} if account.subdomain else {}
    body = {"location": account.region or STAND_IN_REGION, "kind": account.kind, "sku": {"name": "S0"}}
    return {"id": str(account.id), "body": {**body, "properties": {**domain, **properties}}}


def _render(deployment: EstateDeployment) -> dict[str, Any]:
    model = {"format": "OpenAI", "name": deployment.model_name, "version": deployment.model_version}
    source = {"source": deployment.source} if deployment.source else {}
    body: dict[str, Any] = {"sku": {"name": deployment.sku, "capacity": deployment.capacity}}
    own = {key: value for key, value in deployment.tags if key.startswith(_TAGS)}
    tags = {"tags": own} if own else {}
    return {
        "id": f"{deployment.account}/deployments/{deployment.name}",
        "createdDaysAgo": deployment.age_days,
        "body": {**body, **tags, "properties": {"model": {**model, **source}}},
    }


def _render_model(model: EstateModel) -> dict[str, Any]:
    base = {"name": model.base.name, "version": model.base.version}
    return {"account": str(model.account), "name": model.name, "base": base}
