"""The policy pack guards programs that are not ours, in the words of the program's own check."""

from __future__ import annotations

import json

FOREIGN_PROGRAM = """
import pulumi
import pulumi_azure_native as azure
from pulumi_azure_native import cognitiveservices, resources

provider = azure.Provider(
    "azure",
    tenant_id="10000000-0000-4000-8000-000000000001",
    subscription_id="10000000-0000-4000-8000-0000000000d1",
)
opts = pulumi.ResourceOptions(provider=provider)
group = resources.ResourceGroup("group", resource_group_name="rg-foreign", location="REGION", opts=opts)
account = cognitiveservices.Account(
    "account",
    account_name="contoso-foreign",
    resource_group_name=group.name,
    location="REGION",
    kind="OpenAI",
    sku={"name": "S0"},
    properties={"custom_sub_domain_name": "contoso-foreign", "disable_local_auth": KEYS_OFF},
    opts=opts,
)
cognitiveservices.Deployment(
    "bot",
    resource_group_name=group.name,
    account_name=account.name,
    deployment_name="foreign-bot",
    sku={"name": "SKU", "capacity": 40},
    properties={
        "model": {
            "format": "OpenAI",
            "name": "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678",
            "version": "1",
        },
        "rai_policy_name": "Microsoft.DefaultV2",
        "version_upgrade_option": "NoAutoUpgrade",
    },
    tags={"ftdeploy-owner": "support@contoso.example", "ftdeploy-when-idle": "keep"},
    opts=opts,
)
"""
WORDS = (
    "40 PTU is not a size that Azure sells for gpt-4o-mini on ProvisionedManaged: it starts at 25 PTU and goes up by 25"
)


def run_foreign(repository, *options, sku, keys_off="True", region="swedencentral"):
    """What the pack says of a program that is not ours: policy and message of each that stops."""
    text = FOREIGN_PROGRAM.replace("KEYS_OFF", keys_off).replace("SKU", sku).replace("REGION", region)
    (repository.path / "infra/__main__.py").write_text(text, encoding="utf-8")
    result = repository.up("dev", *options, expect=1)
    assert repository.made() == set()
    return {each["policy"]: each["message"] for each in result["violations"] if each["level"] == "mandatory"}


def test_resources_of_a_foreign_program_are_judged_one_by_one(repository):
    said = run_foreign(repository, sku="provisionedmanaged", keys_off="False")

    assert set(said) == {"ptu-at-legal-size", "keys-off"}
    assert WORDS in said["ptu-at-legal-size"]
    assert "set `ptu: 25` (925,000 input tokens a minute" in said["ptu-at-legal-size"]


def test_resources_of_a_foreign_program_are_judged_together(repository):
    said = run_foreign(repository, sku="Standard", region="francecentral")

    assert set(said) == {"region-offers-sku"}
    assert "Azure does not offer Standard to fine-tuned gpt-4o-mini in francecentral" in said["region-offers-sku"]


def test_pack_is_configured_by_rule(repository):
    config = {"keys-off": "advisory", "ptu-within-quota": {"ptuQuota": {"swedencentral": 25}}}
    (repository.path / "config.json").write_text(json.dumps(config), encoding="utf-8")

    said = run_foreign(repository, "--policy-pack-config", "config.json", sku="provisionedmanaged", keys_off="False")

    assert set(said) == {"ptu-at-legal-size", "ptu-within-quota"}
    assert "40 PTU in swedencentral are more than the declared quota of 25" in said["ptu-within-quota"]


def test_illegal_size_says_the_same_in_program_and_check(repository):
    repository.edit("stacks/prod-eu-swc.yaml", "ptu: 50", "ptu: 40")
    program = repository.up("prod-eu-swc", expect=1)
    check = repository.rehearse("exec", "--", "ftdeploy", "check", "prod-eu-swc", expect=1)

    assert WORDS in program["errors"][0]
    assert WORDS in check.stdout
    assert "stacks/prod-eu-swc.yaml:20 accounts.support.deployments.support-bot.ptu" in program["errors"][0]
    assert repository.made() == set()
