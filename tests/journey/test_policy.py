"""The policy pack guards programs that are not ours, in the words of the program's own check."""

from __future__ import annotations

FOREIGN_PROGRAM = """
import pulumi
import pulumi_azure_native as azure
from pulumi_azure_native import cognitiveservices

provider = azure.Provider(
    "azure",
    tenant_id="10000000-0000-4000-8000-000000000001",
    subscription_id="10000000-0000-4000-8000-0000000000a1",
)
cognitiveservices.Deployment(
    "foreign-bot",
    resource_group_name="rg-support-prod",
    account_name="contoso-support-prod-swc",
    deployment_name="foreign-bot",
    sku={"name": "provisionedmanaged", "capacity": 40},
    properties={
        "model": {
            "format": "OpenAI",
            "name": "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678",
            "version": "1",
        }
    },
    opts=pulumi.ResourceOptions(provider=provider),
)
"""
WORDS = (
    "40 PTU is not a size that Azure sells for gpt-4o-mini on ProvisionedManaged: it starts at 25 PTU and goes up by 25"
)


def test_illegal_size_of_a_foreign_program_is_a_violation(repository):
    (repository.path / "infra/__main__.py").write_text(FOREIGN_PROGRAM, encoding="utf-8")
    result = repository.up("prod-eu-swc", expect=1)

    assert [each["level"] for each in result["violations"]] == ["mandatory"]
    assert WORDS in result["violations"][0]["message"]
    assert "set `ptu: 25` or `ptu: 50`" in result["violations"][0]["message"]
    assert repository.made() == set()


def test_illegal_size_says_the_same_in_program_and_check(repository):
    repository.edit("stacks/prod-eu-swc.yaml", "ptu: 50", "ptu: 40")
    program = repository.up("prod-eu-swc", expect=1)
    check = repository.rehearse("exec", "--", "ftdeploy", "check", "prod-eu-swc", expect=1)

    assert WORDS in program["errors"][0]
    assert WORDS in check.stdout
    assert "stacks/prod-eu-swc.yaml:19 accounts.support.deployments.support-bot.ptu" in program["errors"][0]
    assert repository.made() == set()
