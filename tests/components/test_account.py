"""Accounts, created and existing."""

from __future__ import annotations

import pytest

from ftdeploy.components.stack import build_stack as declare
from tests.components.builders import SUBSCRIPTION, TENANT, build_account, build_stack
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
