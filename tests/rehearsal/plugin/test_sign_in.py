"""How the plugin finds Azure, signs in, and refuses what is not a rehearsal."""

from __future__ import annotations

import grpc
import pytest
from google.protobuf import empty_pb2

from tests.rehearsal.plugin.driver import CONFIG, SUBSCRIPTION
from tests.rehearsal.plugin.fake_azure import make_token

GROUP = {"resourceGroupName": "rg", "location": "swedencentral"}
PATH = f"/subscriptions/{SUBSCRIPTION}/resourcegroups/rg"


@pytest.fixture
def refuse(shared_plugin, azure):
    """The words with which a configuration is refused."""

    def configure(**config: str) -> str:
        with pytest.raises(grpc.RpcError) as caught:
            shared_plugin.configure(**CONFIG | config)
        return caught.value.details()

    return configure


def test_configuration_takes_previews(plugin):
    assert plugin.configure(**CONFIG).supportsPreview


def test_requests_carry_the_tenants_token(plugin, azure):
    plugin.create("resources:ResourceGroup", GROUP)

    assert {request.headers["authorization"] for request in azure.requests} == {f"Bearer {make_token('home')}"}
    assert azure.sign_ins == ["home"]


def test_other_tenants_stand_in_the_auxiliary_header(plugin, azure):
    plugin.configure(**CONFIG, auxiliaryTenantIds='["away", "farther"]')

    plugin.create("resources:ResourceGroup", GROUP)

    expected = f"Bearer {make_token('away')}, Bearer {make_token('farther')}"
    assert {request.headers["x-ms-authorization-auxiliary"] for request in azure.requests} == {expected}
    assert azure.sign_ins == ["home", "away", "farther"]


def test_group_is_made_at_once(plugin, azure):
    path, outputs = plugin.create("resources:ResourceGroup", GROUP)

    assert azure.seen() == [f"GET {PATH}", f"PUT {PATH}", f"GET {PATH}"]
    assert (path, outputs["properties"]) == (PATH, {"provisioningState": "Succeeded"})


def test_location_comes_from_the_provider(plugin):
    plugin.configure(**CONFIG, location="eastus2")

    assert plugin.check("resources:ResourceGroup", {"resourceGroupName": "rg"})[0]["location"] == "eastus2"


@pytest.mark.parametrize(
    ("config", "method"),
    [
        pytest.param({"useMsi": "true"}, "useMsi", id="identity"),
        pytest.param({"useOidc": "true"}, "useOidc", id="oidc"),
        pytest.param({"clientCertificatePath": "c.pfx"}, "clientCertificatePath", id="certificate"),
        pytest.param({"clientSecret": ""}, "the Azure CLI", id="nothing"),
    ],
)
def test_other_sign_in_is_refused_by_name(refuse, config, method):
    assert refuse(**config) == f"the stand-in azure-native plugin signs in with clientSecret only, not with {method}"


def test_missing_subscription_is_told_in_the_real_words(refuse):
    assert refuse(subscriptionId="") == (
        "A Subscription ID must be configured when authenticating as a Service Principal using a Client Secret."
    )


@pytest.mark.parametrize("host", ["management.azure.com", "https://10.0.0.1:443", "127.0.0.1.example.org"])
def test_host_off_this_machine_is_refused(refuse, host):
    assert "speaks https to this machine only" in refuse(metadataHost=host)


def test_plugin_names_its_version(shared_plugin):
    assert shared_plugin.stub.GetPluginInfo(empty_pb2.Empty()).version == "3.29.0"
