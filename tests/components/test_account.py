"""Accounts, created and existing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ftdeploy.components.stack import build_stack as declare
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.stacks import CustomerManagedKey
from tests.components.builders import SUBSCRIPTION, TENANT, build_account, build_deployment, build_stack
from tests.components.pulumi_mocks import ACCOUNT_PATH, ACCOUNT_TYPE, DEPLOYMENT_TYPE, GROUP_TYPE, ROLE_TYPE, Recorder

TAGS = {
    "ftdeploy-owner": "support-platform@contoso.example",
    "ftdeploy-stage": "dev",
    "ftdeploy-geography": "eu",
}


def run(**changes) -> Recorder:
    return Recorder().run(lambda: declare(build_stack(accounts=(build_account(**changes),))))


def test_new_account_is_created_with_its_keys_off():
    account = run().get(ACCOUNT_TYPE)

    assert account.parent == "ftdeploy:index:Account support"
    assert account.inputs == {
        "accountName": "contoso-support-dev",
        "resourceGroupName": "rg-support-dev",
        "location": "swedencentral",
        "kind": "OpenAI",
        "sku": {"name": "S0"},
        "tags": TAGS,
        "properties": {
            "customSubDomainName": "contoso-support-dev",
            "disableLocalAuth": True,
            "publicNetworkAccess": "Enabled",
        },
    }


def test_new_account_gets_its_group_too():
    group = run().get(GROUP_TYPE, "support")

    assert group.inputs == {"resourceGroupName": "rg-support-dev", "location": "swedencentral", "tags": TAGS}
    assert group.provider == f"azure-{TENANT}-{SUBSCRIPTION}"
    assert group.hooks == ["retry-refused-writes"]


def test_existing_account_is_looked_up_and_nothing_of_it_made():
    recorder = run(new=None)

    (token, args, provider) = recorder.invoked[0]
    assert token == "azure-native:cognitiveservices:getAccount"
    assert args == {"accountName": "contoso-support-dev", "resourceGroupName": "rg-support-dev"}
    assert provider == f"azure-{TENANT}-{SUBSCRIPTION}"
    assert {each.type for each in recorder.declared}.isdisjoint({ACCOUNT_TYPE, GROUP_TYPE})


def test_existing_account_keeps_its_names_as_written_whatever_azure_answers():
    """Azure's answer has the group in capitals here; following it would replace what is in the account."""
    recorder = run(new=None)

    assert recorder.get(DEPLOYMENT_TYPE).inputs["resourceGroupName"] == "rg-support-dev"
    assert recorder.get(ROLE_TYPE).inputs["scope"] == ACCOUNT_PATH.format("rg-support-dev", "contoso-support-dev")


@pytest.mark.parametrize("protect", [True, False], ids=str)
def test_protection_reaches_account_and_group(protect):
    recorder = run(protect=protect)

    assert recorder.get(ACCOUNT_TYPE).protect is protect
    assert recorder.get(GROUP_TYPE).protect is protect


def test_access_is_never_protected():
    assert run(protect=True).get(ROLE_TYPE).protect is False


def test_key_of_ones_own_and_logs_are_sent_with_azures_names():
    key = CustomerManagedKey(
        vault="https://contoso.vault.azure.net/",
        key="openai",
        version="1",
        identity="/id/openai",
        identity_client_id="c",
    )
    new = replace(build_account().new, customer_managed_key=key, diagnostics="/id/logs")

    recorder = run(new=new)

    account = recorder.get(ACCOUNT_TYPE).inputs
    assert account["identity"] == {"type": "UserAssigned", "userAssignedIdentities": ["/id/openai"]}
    assert account["properties"]["encryption"] == {
        "keySource": "Microsoft.KeyVault",
        "keyVaultProperties": {
            "keyVaultUri": "https://contoso.vault.azure.net/",
            "keyName": "openai",
            "keyVersion": "1",
            "identityClientId": "c",
        },
    }
    logs = recorder.get("azure-native:monitor:DiagnosticSetting").inputs
    assert logs["workspaceId"] == "/id/logs"
    assert logs["resourceUri"] == ACCOUNT_PATH.format("rg-support-dev", "contoso-support-dev")


def test_spillover_is_sent_where_it_is_wanted():
    bots = (build_deployment(key="a"), build_deployment(key="b", sku=Sku.PROVISIONED, capacity=50, spillover="a"))

    recorder = run(deployments=bots)

    assert recorder.get(DEPLOYMENT_TYPE, "support.b").inputs["properties"]["spilloverDeploymentName"] == "a"
    assert "spilloverDeploymentName" not in recorder.get(DEPLOYMENT_TYPE, "support.a").inputs["properties"]
