"""Properties of azure-native's deployments and accounts as the records that rules judge."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ftdeploy.domain.models import find_base
from ftdeploy.domain.resource_ids import find_account_id
from ftdeploy.domain.tags import (
    GEOGRAPHY,
    OWNER,
    STAGE,
    find_tagged_base,
    find_tagged_idle,
    find_tagged_load,
    find_tagged_needs,
)
from ftdeploy.domain.wishes import AccountWish, DeploymentWish, Places, Scope
from ftdeploy.errors import Place
from ftdeploy.policy.properties import (
    Properties,
    find_count,
    find_flag,
    find_text,
    get_mapping,
    get_texts,
    is_unknown,
)

# Also the versioned spelling of old SDKs, and the packages that `pulumi package add azure-native …` makes:
# `azure-native:cognitiveservices/v20241001:Deployment`, `azure-native_cognitiveservices_v20241001:…`.
_TYPE = re.compile(r"azure-native(_\w+)?:(?P<module>\w+)(/\w+)?:(?P<name>\w+)")
_SERVICES = "cognitiveservices"


def find_type(token: str) -> tuple[str, str]:
    """Module and name of an azure-native type, of any version; empty for other types.

    `("cognitiveservices", "Deployment")` of `azure-native:cognitiveservices/v20241001:Deployment`
    """
    match = _TYPE.fullmatch(token)
    return ("", "") if match is None else (match["module"], match["name"])


def is_deployment(token: str) -> bool:
    """Whether a resource type is azure-native's deployment, of any version."""
    return find_type(token) == (_SERVICES, "Deployment")


def is_account(token: str) -> bool:
    """Whether a resource type is azure-native's account, of any version."""
    return find_type(token) == (_SERVICES, "Account")


def find_deployment(
    urn: str, properties: Properties, *, account: str | None = None, region: str | None = None
) -> DeploymentWish | None:
    """What a deployment's properties want; None where its SKU is not known yet, or is nothing Azure could read.

    Args:
        urn: the resource's, which is where a finding will point.
        properties: `{"sku": {"name": "ProvisionedManaged", "capacity": 50.0},
            "properties": {"model": {"name": "ftchkpt-…"}}, "tags": {"ftdeploy-base-name": "gpt-4o-mini"}}`
        account: name of its account, where its own properties do not tell.
        region: of its account, where it is known.
    """
    sku_text = find_text(get_mapping(properties, "sku"), "name")
    inner = get_mapping(properties, "properties")
    if not sku_text or is_unknown(properties, "properties"):
        return None
    model = get_mapping(inner, "model")
    name = None if is_unknown(inner, "model") else find_text(model, "name")
    tags = get_texts(properties, "tags")
    foreign, source = find_text(model, "sourceAccount"), find_text(model, "source")
    return DeploymentWish(
        place=_point_at(urn),
        scope=find_scope(urn, tags),
        name=find_text(properties, "deploymentName") or find_text(properties, "name") or None,
        account=find_text(properties, "accountName") or account or None,
        region=region,
        sku_text=sku_text,
        capacity=find_count(get_mapping(properties, "sku"), "capacity"),
        model=name or None,
        base=find_tagged_base(tags) or find_base(name or ""),
        source=find_account_id(foreign or source or ""),
        is_source_foreign=bool(foreign),
        content_filter=find_text(inner, "raiPolicyName"),
        version_upgrade=find_text(inner, "versionUpgradeOption"),
        spillover=find_text(inner, "spilloverDeploymentName"),
        load=find_tagged_load(tags),
        needs=find_tagged_needs(tags),
        when_idle=find_tagged_idle(tags),
        owner=None if is_unknown(properties, "tags") else tags.get(OWNER, ""),
        tags=tags,
    )


def find_account(urn: str, properties: Properties) -> AccountWish:
    """What the properties of an account want that the stack creates."""
    tags = get_texts(properties, "tags")
    inner = get_mapping(properties, "properties")
    are_keys_off = find_flag(inner, "disableLocalAuth", default=False)
    network = find_text(inner, "publicNetworkAccess")
    key_source = find_text(get_mapping(inner, "encryption"), "keySource")
    return AccountWish(
        place=_point_at(urn),
        scope=find_scope(urn, tags),
        name=find_text(properties, "accountName") or find_text(properties, "name") or None,
        id=None,
        region=find_text(properties, "location") or None,
        is_new=True,
        is_public=None if network is None else network.lower() != "disabled",
        has_keys=None if are_keys_off is None else not are_keys_off,
        has_customer_managed_key=None if key_source is None else key_source.lower() == "microsoft.keyvault",
        owner=None if is_unknown(properties, "tags") else tags.get(OWNER, ""),
        tags=tags,
    )


def find_scope(urn: str, tags: Mapping[str, str]) -> Scope:
    """The stack that a resource is in, as its URN and tags tell: `urn:pulumi:<stack>::<project>::…`."""
    parts = urn.split("::", maxsplit=1)[0].split(":")
    stack = parts[2] if len(parts) == 3 and parts[:2] == ["urn", "pulumi"] else ""  # noqa: PLR2004
    return Scope(stack=stack, stage=tags.get(STAGE, ""), geography=tags.get(GEOGRAPHY, ""))


def _point_at(urn: str) -> Places:
    place = Place(name=urn)
    return lambda _: place
