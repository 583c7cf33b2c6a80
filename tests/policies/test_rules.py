"""Rules as policies: the same words as from every other mouth."""

from __future__ import annotations

import pytest
from pulumi_policy import EnforcementLevel, ResourceValidationArgs
from pulumi_policy.proxy import UNKNOWN_NUMBER_VALUE, unknown_checking_proxy

from ftdeploy.domain.rules import ptu_at_legal_size
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Place
from ftdeploy.policy.rules import make_policies, render_violation
from tests.facts import FACTS
from tests.policies.test_wishes import BASE, CHECKPOINT, NAME

RULE = ptu_at_legal_size.RULE
TOKEN = "azure-native:cognitiveservices:Deployment"


def report(capacity: object, *, sku: str = "ProvisionedManaged", model: str = NAME, token: str = TOKEN) -> list[list]:
    """What each of the rule's policies says of one resource."""
    properties = {"sku": {"name": sku, "capacity": capacity}, "properties": {"model": {"name": model}}}
    args = ResourceValidationArgs(
        token, unknown_checking_proxy(properties), "urn:x", "bot", None, None, None, stack_tags={}
    )
    said = []
    for policy in make_policies(RULE, lambda: FACTS, level=EnforcementLevel.MANDATORY):
        said.append([])
        policy.validate(args, said[-1].append)
    return said


def test_illegal_size_is_reported_in_the_rules_own_words():
    wish = DeploymentWish(where=Place(name="bot"), sku_text="ProvisionedManaged", capacity=40, base=BASE)
    (problem,) = RULE.check(wish, FACTS)

    assert report(40.0) == [[render_violation(problem)], []]
    assert render_violation(problem).startswith("40 PTU is not a size")
    assert render_violation(problem).endswith("hint: set `ptu: 25` or `ptu: 50`")


@pytest.mark.parametrize("sku", ["ProvisionedManaged", "provisionedmanaged", "PROVISIONEDSTANDARD"])
def test_provisioned_sku_is_known_in_any_letter_case(sku):
    assert report(40.0, sku=sku)[0]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"capacity": 50.0}, id="legal size"),
        pytest.param({"capacity": 40.0, "sku": "Standard"}, id="token SKU"),
        pytest.param({"capacity": UNKNOWN_NUMBER_VALUE}, id="unknown"),
        pytest.param({"capacity": "much"}, id="garbage"),
        pytest.param({"capacity": 40.0, "token": "azure-native:cognitiveservices:Account"}, id="another type"),
    ],
)
def test_nothing_else_is_reported(changes):
    assert report(**changes) == [[], []]


def test_what_cannot_be_checked_is_only_advice():
    refused, advised = report(40.0, model=CHECKPOINT)

    assert refused == []
    assert advised[0].startswith("40 PTU could not be checked")


def test_levels_and_one_line_descriptions():
    breach, advice = make_policies(RULE, lambda: FACTS, level=EnforcementLevel.MANDATORY)

    assert (breach.name, breach.enforcement_level) == (RULE.id, EnforcementLevel.MANDATORY)
    assert (advice.name, advice.enforcement_level) == (f"{RULE.id}-unchecked", EnforcementLevel.ADVISORY)
    assert not any("\n" in each.description for each in (breach, advice))
