"""Rules as policies: the same words as from every other mouth, each at its level."""

from __future__ import annotations

import pytest
from pulumi_policy import EnforcementLevel, PolicyResource, ResourceValidationArgs, StackValidationArgs
from pulumi_policy.proxy import UNKNOWN_NUMBER_VALUE, UNKNOWN_STRING_VALUE, unknown_checking_proxy

from ftdeploy.domain.judging import Book
from ftdeploy.domain.rules import RULES, ptu_at_legal_size
from ftdeploy.domain.terms import GUARDED, Terms
from ftdeploy.domain.wishes import FleetWish
from ftdeploy.policy.rules import ADVICE, STACK_ADVICE, make_policies, render_violation
from ftdeploy.policy.wishes import find_deployment
from tests.facts import FACTS
from tests.policies.test_wishes import CHECKPOINT, NAME, URN

SOLD = "ptu-at-legal-size"
DEPLOYMENT = "azure-native:cognitiveservices:Deployment"
ACCOUNT = "azure-native:cognitiveservices:Account"
GARBAGE = [None, 3.0, "x", [], {}, True, UNKNOWN_STRING_VALUE]
POLICIES = {
    each.name: each
    for each in make_policies(RULES, lambda: Book(facts=FACTS), lambda stack: FleetWish(stacks=(stack,)))
}


def describe(capacity: object, *, sku: str = "ProvisionedManaged", model: str = NAME) -> dict:
    return {"sku": {"name": sku, "capacity": capacity}, "properties": {"model": {"name": model}}}


def report(name: str, properties: dict, *, token: str = DEPLOYMENT, config: dict | None = None) -> list[str]:
    """What one policy says of one resource."""
    said: list[str] = []
    props = unknown_checking_proxy(properties)
    args = ResourceValidationArgs(token, props, URN, "bot", None, None, config or {}, stack_tags={})
    POLICIES[name].validate(args, lambda text, *_: said.append(text))
    return said


def report_stack(name: str, *resources: PolicyResource) -> list[tuple[str, str | None]]:
    """What one policy says of all resources, and of which."""
    said: list[tuple[str, str | None]] = []
    args = StackValidationArgs(list(resources), {}, stack_tags={})
    POLICIES[name].validate(args, lambda text, urn=None: said.append((text, urn)))
    return said


def make_resource(token: str, name: str, properties: dict, *, account: PolicyResource | None = None):
    props = unknown_checking_proxy(properties)
    urn = f"urn:pulumi:dev::contoso::{token}::{name}"
    by_property = {"accountName": [account]} if account else {}
    return PolicyResource(token, props, urn, name, None, None, None, [], by_property)


def test_illegal_size_is_reported_in_the_rules_own_words():
    wish = find_deployment(URN, unknown_checking_proxy(describe(40.0)))
    (problem,) = ptu_at_legal_size.RULE.check(wish, Terms(facts=FACTS, limits=GUARDED))

    assert report(SOLD, describe(40.0)) == [render_violation(problem)]
    assert render_violation(problem).startswith("40 PTU is not a size")
    assert "hint: set `ptu: 25`" in render_violation(problem)


@pytest.mark.parametrize("sku", ["ProvisionedManaged", "provisionedmanaged", "PROVISIONEDSTANDARD"])
def test_provisioned_sku_is_known_in_any_letter_case(sku):
    assert report(SOLD, describe(40.0, sku=sku))


@pytest.mark.parametrize(
    ("properties", "token"),
    [
        pytest.param(describe(50.0), DEPLOYMENT, id="legal size"),
        pytest.param(describe(40.0, sku="Standard"), DEPLOYMENT, id="token SKU"),
        pytest.param(describe(UNKNOWN_NUMBER_VALUE), DEPLOYMENT, id="unknown"),
        pytest.param(describe("much"), DEPLOYMENT, id="garbage"),
        pytest.param(describe(40.0), ACCOUNT, id="another type"),
    ],
)
def test_nothing_else_is_reported(properties, token):
    assert report(SOLD, properties, token=token) == []


def test_what_cannot_be_checked_is_only_advice_with_the_rules_id():
    assert report(SOLD, describe(40.0, model=CHECKPOINT)) == []
    assert any(
        each.startswith("40 PTU could not be checked") and f"({SOLD})" in each.splitlines()[0]
        for each in report(ADVICE, describe(40.0, model=CHECKPOINT))
    )


def test_levels_and_one_line_descriptions():
    levels = {name: each.enforcement_level for name, each in POLICIES.items()}

    assert {levels.pop(each) for each in (ADVICE, STACK_ADVICE)} == {EnforcementLevel.ADVISORY}
    assert set(levels.values()) == {EnforcementLevel.MANDATORY}
    assert not any("\n" in each.description for each in POLICIES.values())


def test_configuration_of_a_policy_goes_before_the_defaults():
    wanted = describe(50.0, sku="DeveloperTier")

    assert report("developer-tier-where-it-may-vanish", wanted)
    assert report("developer-tier-where-it-may-vanish", wanted, config={"allowDeveloperTier": True}) == []


def test_configuration_has_a_schema():
    schema = POLICIES["ptu-within-quota"].config_schema.properties

    assert schema == {"ptuQuota": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}}
    assert POLICIES[SOLD].config_schema is None


def test_deployment_is_put_to_its_account_by_what_its_name_came_from():
    region = {"accountName": "contoso", "location": "francecentral", "properties": {"disableLocalAuth": True}}
    account = make_resource(ACCOUNT, "support", region)
    offered = describe(10.0, sku="Standard") | {"accountName": UNKNOWN_STRING_VALUE}
    bot = make_resource(DEPLOYMENT, "support.support-bot", offered, account=account)
    full = [make_resource(DEPLOYMENT, f"bot-{number}", offered, account=account) for number in range(40)]

    assert report_stack("deployments-within-limit", account, bot) == []
    assert report_stack("deployments-within-limit", account, *full) == []


def test_finding_of_a_whole_stack_names_its_resource():
    account = make_resource(ACCOUNT, "support", {"accountName": "contoso"})
    spilling = describe(50.0) | {"deploymentName": "bot"}
    spilling["properties"] = spilling["properties"] | {"spilloverDeploymentName": "nowhere"}
    bot = make_resource(DEPLOYMENT, "support.bot", spilling, account=account)

    [(text, urn)] = report_stack("spillover-suitable", account, bot)

    assert "no deployment `nowhere`" in text
    assert urn == bot.urn


@pytest.mark.parametrize("key", ["sku", "properties", "tags", "accountName", "deploymentName", "name", "location"])
@pytest.mark.parametrize("value", GARBAGE, ids=repr)
@pytest.mark.parametrize("token", [DEPLOYMENT, ACCOUNT])
def test_garbage_raises_nothing(key, value, token):
    wanted = describe(50.0) | {"deploymentName": "bot", "accountName": "contoso", "location": "swedencentral"}
    resource = make_resource(token, "bot", wanted | {key: value})

    for name, policy in POLICIES.items():
        if hasattr(policy, "has_remediation"):
            report(name, wanted | {key: value}, token=token)
        else:
            report_stack(name, resource)


@pytest.mark.parametrize("key", ["model", "raiPolicyName", "versionUpgradeOption", "spilloverDeploymentName"])
@pytest.mark.parametrize("value", GARBAGE, ids=repr)
def test_garbage_inside_raises_nothing(key, value):
    wanted = describe(50.0)
    wanted["properties"] = wanted["properties"] | {key: value}
    resource = make_resource(DEPLOYMENT, "bot", wanted)

    for name, policy in POLICIES.items():
        if hasattr(policy, "has_remediation"):
            report(name, wanted)
        else:
            report_stack(name, resource)
