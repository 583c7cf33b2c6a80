"""Properties, as the policy SDK hands them over, become the record that rules judge."""

from __future__ import annotations

import math

import pytest
from pulumi_policy.proxy import (
    UNKNOWN_NUMBER_VALUE,
    UNKNOWN_OBJECT_VALUE,
    UNKNOWN_STRING_VALUE,
    unknown_checking_proxy,
)

from ftdeploy.domain.models import BaseModel
from ftdeploy.policy.wishes import find_wish, is_deployment

NAME = "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"
CHECKPOINT = "ftchkpt-e559c011ecc04fc68eaa339d8227d02d"
BASE = BaseModel(name="gpt-4o-mini", version="2024-07-18")
TAGS = {"ftdeploy-base-name": "gpt-4o-mini", "ftdeploy-base-version": "2024-07-18"}


def find(sku: object = None, model: object = None, tags: object = None):
    properties = {
        "sku": {"name": "ProvisionedManaged", "capacity": 50.0} if sku is None else sku,
        "properties": {"model": {"name": NAME} if model is None else model},
        "tags": {} if tags is None else tags,
    }
    return find_wish("support.support-bot", unknown_checking_proxy(properties))


def test_wish_is_read_with_whole_numbers():
    wish = find()

    assert (wish.sku_text, wish.capacity, wish.base, wish.where.name) == (
        "ProvisionedManaged",
        50,
        BASE,
        "support.support-bot",
    )
    assert isinstance(wish.capacity, int)


@pytest.mark.parametrize(
    ("model", "tags", "expected"),
    [
        pytest.param({"name": NAME}, {}, BASE, id="name"),
        pytest.param({"name": CHECKPOINT}, TAGS, BASE, id="tags"),
        pytest.param({"name": UNKNOWN_STRING_VALUE}, TAGS, BASE, id="tags, name unknown"),
        pytest.param({"name": CHECKPOINT}, {}, None, id="neither"),
        pytest.param({"name": 7}, {"ftdeploy-base-name": 7}, None, id="neither is text"),
    ],
)
def test_base_comes_from_tags_or_name(model, tags, expected):
    assert find(model=model, tags=tags).base == expected


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param({"sku": {"name": UNKNOWN_STRING_VALUE, "capacity": 50.0}}, id="name of the SKU"),
        pytest.param({"sku": {"name": "Standard", "capacity": UNKNOWN_NUMBER_VALUE}}, id="capacity"),
        pytest.param({"sku": UNKNOWN_OBJECT_VALUE}, id="SKU"),
        pytest.param({"tags": UNKNOWN_OBJECT_VALUE}, id="tags"),
        pytest.param({"model": UNKNOWN_OBJECT_VALUE}, id="model"),
        pytest.param({"model": {"name": UNKNOWN_STRING_VALUE}}, id="model name"),
    ],
)
def test_unknown_values_are_silent(properties):
    assert find(**properties) is None


@pytest.mark.parametrize(
    "capacity", [None, "50", "", True, math.inf, math.nan, 50.5, [50], {"count": 50}], ids=lambda each: f"{each!r}"
)
def test_capacity_that_is_no_count_is_silent(capacity):
    assert find(sku={"name": "ProvisionedManaged", "capacity": capacity}) is None


@pytest.mark.parametrize("sku", ["ProvisionedManaged", [], {"capacity": 50.0}, {"name": 7, "capacity": 50.0}], ids=repr)
def test_sku_that_is_none_is_silent(sku):
    assert find(sku=sku) is None


@pytest.mark.parametrize("properties", [{}, {"sku": None}, {"properties": "x", "tags": 3, "sku": {}}], ids=repr)
def test_missing_properties_are_silent(properties):
    assert find_wish("bot", unknown_checking_proxy(properties)) is None


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("azure-native:cognitiveservices:Deployment", True),
        ("azure-native:cognitiveservices/v20241001:Deployment", True),
        ("azure-native_cognitiveservices_v20241001:cognitiveservices:Deployment", True),
        ("azure-native:cognitiveservices:Account", False),
        ("azure-native:containerservice:Deployment", False),
        ("azure:cognitive/deployment:Deployment", False),
    ],
)
def test_every_version_of_the_deployment_is_known(token, expected):
    assert is_deployment(token) is expected
