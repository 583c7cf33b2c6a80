"""Properties of an azure-native deployment as the record that rules judge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pulumi_policy.proxy import UnknownValueError

from ftdeploy.domain.models import BaseModel, find_base
from ftdeploy.domain.tags import find_tagged_base
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Place

# Also the versioned spelling of old SDKs, and the packages that `pulumi package add azure-native …` makes:
# `azure-native:cognitiveservices/v20241001:Deployment`, `azure-native_cognitiveservices_v20241001:…`.
_DEPLOYMENT = re.compile(r"azure-native(_\w+)?:cognitiveservices(/\w+)?:Deployment")


def is_deployment(token: str) -> bool:
    """Whether a resource type is azure-native's deployment, of any version."""
    return _DEPLOYMENT.fullmatch(token) is not None


def find_wish(name: str, properties: Mapping[str, Any]) -> DeploymentWish | None:
    """What a deployment's properties want; None where they are not known yet, or not what Azure could read.

    Args:
        name: the resource's name, which is where a finding will point.
        properties: as the policy SDK hands them over: numbers are floats, and reading an unknown one raises.
            `{"sku": {"name": "ProvisionedManaged", "capacity": 50.0},
            "properties": {"model": {"name": "ftchkpt-…"}}, "tags": {"ftdeploy-base-name": "gpt-4o-mini"}}`
    """
    try:
        sku = _get_mapping(properties, "sku")
        sku_text, capacity = sku.get("name"), _find_count(sku.get("capacity"))
        if not isinstance(sku_text, str) or capacity is None:
            return None
        return DeploymentWish(where=Place(name=name), sku_text=sku_text, capacity=capacity, base=_find_base(properties))
    except UnknownValueError:
        return None


def _find_base(properties: Mapping[str, Any]) -> BaseModel | None:
    """From the tags; else from the fine-tuned model's name; None for checkpoints and base models."""
    tags = {key: value for key, value in _get_mapping(properties, "tags").items() if isinstance(value, str)}
    tagged = find_tagged_base(tags)
    if tagged is not None:
        return tagged
    name = _get_mapping(_get_mapping(properties, "properties"), "model").get("name")
    return find_base(name) if isinstance(name, str) else None


def _get_mapping(properties: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = properties.get(key)
    return value if isinstance(value, Mapping) else {}


def _find_count(value: object) -> int | None:
    is_count = isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()
    return int(value) if is_count and isinstance(value, int | float) else None
