"""Deployments: what Azure is sent, and where the model comes from."""

from __future__ import annotations

import pytest

from ftdeploy.components.deployment import DeploymentSku, describe_model
from ftdeploy.components.stack import build_stack as declare
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.skus import STACK_SPELLINGS, Sku
from tests.components.builders import (
    OTHER_TENANT,
    SUPPORT,
    TENANT,
    TRAINING,
    build_account,
    build_deployment,
    build_model,
    build_stack,
)
from tests.components.pulumi_mocks import DEPLOYMENT_TYPE, Declared, Recorder


def run(**changes) -> Declared:
    account = build_account(deployments=(build_deployment(**changes),))
    return Recorder().run(lambda: declare(build_stack(accounts=(account,)))).get(DEPLOYMENT_TYPE)


def test_deployment_is_sent_with_azures_names():
    assert run().inputs == {
        "deploymentName": "support-bot",
        "accountName": "contoso-support-dev",
        "resourceGroupName": "rg-support-dev",
        "sku": {"name": "Standard", "capacity": 10},
        "properties": {
            "model": {
                "format": "OpenAI",
                "name": "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678",
                "version": "1",
                "source": str(TRAINING),
            },
            "raiPolicyName": "Microsoft.DefaultV2",
            "versionUpgradeOption": "NoAutoUpgrade",
        },
        "tags": {
            "ftdeploy-owner": "support-platform@contoso.example",
            "ftdeploy-stage": "dev",
            "ftdeploy-geography": "eu",
            "ftdeploy-model": "support-bot@7c1f9a2b41d0",
            "ftdeploy-base-name": "gpt-4o-mini",
            "ftdeploy-base-version": "2024-07-18",
        },
    }


def test_model_in_another_tenant_is_sent_as_source_account():
    model = run(model=build_model(tenant=OTHER_TENANT)).inputs["properties"]["model"]

    assert model["sourceAccount"] == str(TRAINING)
    assert "source" not in model


def test_model_without_a_reference_has_no_model_tag():
    assert "ftdeploy-model" not in run(model_id="").inputs["tags"]


def test_deployment_waits_for_its_account_and_is_retried():
    deployment = run(protect=True)

    assert "azure-native:cognitiveservices:Account support" in deployment.depends_on
    assert deployment.parent == "ftdeploy:index:Deployment support.support-bot"
    assert deployment.hooks == ["retry-refused-writes"]
    assert deployment.protect


@pytest.mark.parametrize("literal", ["ProvisionedManaged", "ProvisionedStandard"])
def test_sku_literal_is_sent_as_the_stack_asks(literal):
    assert run(sku=Sku.PROVISIONED, api_sku=literal, capacity=50).inputs["sku"] == {"name": literal, "capacity": 50}


@pytest.mark.parametrize(
    ("holder", "tenant", "expected"),
    [
        pytest.param(SUPPORT, TENANT, {}, id="same account"),
        pytest.param(
            AccountId(subscription=SUPPORT.subscription, resource_group="RG-Support-Dev", name=SUPPORT.name),
            TENANT.upper(),
            {},
            id="same account in another letter case",
        ),
        pytest.param(TRAINING, TENANT, {"source": str(TRAINING)}, id="another account"),
        pytest.param(TRAINING, OTHER_TENANT, {"source_account": str(TRAINING)}, id="another tenant"),
    ],
)
def test_source_follows_from_the_account_that_holds_the_model(holder, tenant, expected):
    model = build_model(account=holder, tenant=tenant)

    assert describe_model(model, account=SUPPORT, tenant=TENANT) == {"name": model.name, **expected}


def test_component_takes_every_sku_literal_there_is():
    assert {each.value for each in DeploymentSku} == set(STACK_SPELLINGS)
