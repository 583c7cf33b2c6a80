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
from ftdeploy.domain.wishes import Scope
from ftdeploy.policy.wishes import find_account, find_deployment, is_deployment

NAME = "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"
URN = "urn:pulumi:dev::contoso::azure-native:cognitiveservices:Deployment::support.support-bot"
CHECKPOINT = "ftchkpt-e559c011ecc04fc68eaa339d8227d02d"
BASE = BaseModel(name="gpt-4o-mini", version="2024-07-18")
TAGS = {"ftdeploy-base-name": "gpt-4o-mini", "ftdeploy-base-version": "2024-07-18"}


def find(sku: object = None, model: object = None, tags: object = None):
    properties = {
        "sku": {"name": "ProvisionedManaged", "capacity": 50.0} if sku is None else sku,
        "properties": {"model": {"name": NAME} if model is None else model},
        "tags": {} if tags is None else tags,
    }
    return find_deployment(URN, unknown_checking_proxy(properties))


def test_wish_is_read_with_whole_numbers():
    wish = find()

    assert (wish.sku_text, wish.capacity, wish.base, wish.place("ptu").name) == ("ProvisionedManaged", 50, BASE, URN)
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
    "sku",
    [
        pytest.param({"name": UNKNOWN_STRING_VALUE, "capacity": 50.0}, id="name of the SKU"),
        pytest.param(UNKNOWN_OBJECT_VALUE, id="SKU"),
        pytest.param("ProvisionedManaged", id="text"),
        pytest.param([], id="list"),
        pytest.param({"capacity": 50.0}, id="no name"),
        pytest.param({"name": 7, "capacity": 50.0}, id="number"),
    ],
)
def test_without_a_sku_there_is_nothing_to_judge(sku):
    assert find(sku=sku) is None


@pytest.mark.parametrize("properties", [{}, {"sku": None}, {"properties": "x", "tags": 3, "sku": {}}], ids=repr)
def test_missing_properties_are_silent(properties):
    assert find_deployment(URN, unknown_checking_proxy(properties)) is None


@pytest.mark.parametrize(
    "capacity",
    [None, "50", "", True, math.inf, math.nan, 50.5, [50], {"count": 50}, UNKNOWN_NUMBER_VALUE],
    ids=lambda each: f"{each!r}",
)
def test_capacity_that_is_no_count_is_not_known(capacity):
    assert find(sku={"name": "ProvisionedManaged", "capacity": capacity}).capacity is None


@pytest.mark.parametrize(
    "model", [UNKNOWN_OBJECT_VALUE, {"name": UNKNOWN_STRING_VALUE}, {"name": 7}], ids=["model", "name", "number"]
)
def test_model_that_is_no_text_is_not_known(model):
    assert find(model=model).model is None


def test_what_is_said_is_told_from_what_is_not_known_yet():
    inner = {"model": {"name": NAME}, "raiPolicyName": UNKNOWN_STRING_VALUE}
    properties = {"sku": {"name": "Standard", "capacity": 1.0}, "properties": inner, "tags": {"team": 3, "a": "b"}}

    wish = find_deployment(URN, unknown_checking_proxy(properties))

    assert (wish.content_filter, wish.version_upgrade, wish.owner, wish.name) == (None, "", "", None)
    assert wish.tags == {"a": "b"}


def test_tags_say_which_limits_hold_and_what_the_deployment_is_for():
    wish = find(
        tags={
            "ftdeploy-stage": "prod",
            "ftdeploy-geography": "eu",
            "ftdeploy-load": "300 rpm, 800 prompt tokens, 200 completion tokens",
            "ftdeploy-needs": "tools telepathy",
            "ftdeploy-when-idle": "keep",
        }
    )

    assert wish.scope == Scope(stack="dev", stage="prod", geography="eu")
    assert (wish.load.rpm, wish.load.prompt_tokens, wish.load.completion_tokens) == (300, 800, 200)
    assert (list(wish.needs), wish.when_idle) == (["tools"], "keep")


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param({}, (True, True, False), id="Azure's defaults"),
        pytest.param({"disableLocalAuth": True, "publicNetworkAccess": "disabled"}, (False, False, False), id="closed"),
        pytest.param({"encryption": {"keySource": "Microsoft.KeyVault"}}, (True, True, True), id="own key"),
        pytest.param({"publicNetworkAccess": UNKNOWN_STRING_VALUE}, (True, None, False), id="network not known"),
    ],
)
def test_account_is_read_as_azure_would_set_it_up(inner, expected):
    wish = find_account(URN, unknown_checking_proxy({"accountName": "contoso", "properties": inner}))

    assert (wish.has_keys, wish.is_public, wish.has_customer_managed_key) == expected


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
