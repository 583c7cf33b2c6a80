"""The explicit provider: identity in its name, every setting copied, a second token only where it is needed."""

from __future__ import annotations

import json

from ftdeploy.components.providers import make_provider
from tests.components.builders import (
    OTHER_TENANT,
    SUBSCRIPTION,
    TENANT,
    build_account,
    build_deployment,
    build_model,
    build_stack,
)
from tests.components.pulumi_mocks import PROVIDER_TYPE, Recorder

SECRET = "4dabf18193072939515e22adb298388d"
FOREIGN = build_stack(
    accounts=(build_account(deployments=(build_deployment(model=build_model(tenant=OTHER_TENANT)),)),)
)


def run(stack=None, **settings: str):
    config = {f"azure-native:{key}": value for key, value in settings.items()}
    recorder = Recorder(config=config, secret_keys=["azure-native:clientSecret", "azure-native:oidcToken"])
    return recorder.run(lambda: make_provider(stack or build_stack())).get(PROVIDER_TYPE)


def test_name_holds_tenant_and_subscription():
    provider = run()

    assert provider.name == f"azure-{TENANT}-{SUBSCRIPTION}"
    assert provider.inputs == {"tenantId": TENANT, "subscriptionId": SUBSCRIPTION, "environment": "public"}


def test_settings_of_every_kind_are_copied():
    provider = run(environment="usgovernment", useOidc="true", clientId="id", location="usgovvirginia")

    assert provider.inputs["environment"] == "usgovernment"
    assert provider.inputs["useOidc"] == "true"
    assert provider.inputs["clientId"]["value"] == "id"
    assert provider.inputs["location"] == "usgovvirginia"


def test_secrets_stay_secret():
    provider = run(clientSecret="s", oidcToken="t")

    assert SECRET in provider.inputs["clientSecret"]
    assert SECRET in provider.inputs["oidcToken"]


def test_the_stack_file_names_tenant_and_subscription():
    provider = run(tenantId=OTHER_TENANT, subscriptionId="another")

    assert provider.inputs["tenantId"] == TENANT
    assert provider.inputs["subscriptionId"] == SUBSCRIPTION


def test_a_model_in_another_tenant_needs_a_second_token():
    assert json.loads(run(FOREIGN).inputs["auxiliaryTenantIds"]) == [OTHER_TENANT]


def test_tenants_named_in_config_are_kept():
    provider = run(FOREIGN, auxiliaryTenantIds=f'["third", "{OTHER_TENANT}"]')

    assert json.loads(provider.inputs["auxiliaryTenantIds"]) == ["third", OTHER_TENANT]
