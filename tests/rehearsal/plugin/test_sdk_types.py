"""Types of which the plugin's table has the path alone: the installed SDK says the rest."""

from __future__ import annotations

import json
from importlib.resources import files

import grpc
import pytest

from ftdeploy.rehearsal.plugin.sdk import read_entry
from ftdeploy.rehearsal.plugin.wire import PluginError
from tests.rehearsal.plugin.driver import SUBSCRIPTION

TYPES = json.loads(files("ftdeploy.rehearsal.plugin").joinpath("types.json").read_text(encoding="utf-8"))["types"]
STORAGE = "storage:StorageAccount"
GROUP_PATH = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
PATH = f"{GROUP_PATH}/providers/Microsoft.Storage/storageAccounts/logs"
SETTING_PATH = f"{PATH}/providers/Microsoft.Insights/diagnosticSettings/all"
NAMES = {"resourceGroupName": "rg", "accountName": "logs"}
ENVELOPE = {"location": "swedencentral", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}, "tags": {"a": "1"}}
INNER = {"minimumTlsVersion": "TLS1_2", "networkRuleSet": {"defaultAction": "Deny"}}
INPUTS = NAMES | ENVELOPE | INNER


@pytest.mark.parametrize("kind", [name for name, entry in TYPES.items() if "shape" not in entry])
def test_every_type_of_the_table_can_be_read(plugin, kind):
    inputs, failures = plugin.check(kind, {})

    assert inputs["azureApiVersion"] >= "2018"
    assert failures[0].startswith("missing required property")


def test_create_puts_envelope_beside_properties(plugin, azure):
    path, outputs = plugin.create(STORAGE, INPUTS | {"azureApiVersion": "2024-01-01"})

    assert azure.seen() == [f"GET {PATH}", f"PUT {PATH}", f"GET {PATH}"]
    assert azure.requests[1].body == ENVELOPE | {"properties": INNER}
    assert {request.version for request in azure.requests} == {"2024-01-01"}
    said = {"azureApiVersion": "2024-01-01", "name": "logs", "provisioningState": "Succeeded"}
    assert (path, outputs) == (PATH, ENVELOPE | INNER | said)


def test_check_names_what_the_sdk_requires(plugin):
    failures = plugin.check(STORAGE, NAMES | {"location": "swedencentral"})[1]

    assert failures == ["missing required property 'kind'", "missing required property 'sku'"]


def test_location_comes_from_the_old_inputs(plugin):
    inputs = {name: value for name, value in INPUTS.items() if name != "location"}

    assert plugin.check(STORAGE, inputs, {"location": "eastus2"})[0]["location"] == "eastus2"


@pytest.mark.parametrize(
    ("change", "replaces"),
    [
        pytest.param({"accountName": "other"}, ["accountName"], id="name"),
        pytest.param({"location": "eastus2"}, ["location"], id="location"),
        pytest.param({"minimumTlsVersion": "TLS1_3"}, [], id="property"),
        pytest.param({"sku": {"name": "Standard_GRS"}}, [], id="sku"),
    ],
)
def test_path_and_location_replace(plugin, change, replaces):
    assert list(plugin.diff(STORAGE, INPUTS, INPUTS | change).replaces) == replaces


def test_update_puts_the_whole_resource(plugin, azure):
    plugin.create(STORAGE, INPUTS)
    azure.requests.clear()

    outputs = plugin.update(STORAGE, PATH, INPUTS | {"minimumTlsVersion": "TLS1_3"})

    assert azure.seen() == [f"PUT {PATH}", f"GET {PATH}"]
    assert azure.requests[0].body["properties"] == INNER | {"minimumTlsVersion": "TLS1_3"}
    assert outputs["minimumTlsVersion"] == "TLS1_3"


def test_import_makes_the_inputs(plugin, azure):
    azure.put(PATH, ENVELOPE | {"properties": INNER | {"provisioningState": "Succeeded"}})

    assert plugin.read(STORAGE, PATH)[1] == INPUTS


def test_setting_hangs_on_the_resource_it_names(plugin, azure):
    inputs = {"resourceUri": PATH, "name": "all", "workspaceId": "/subscriptions/s/logs"}

    path, outputs = plugin.create("monitor:DiagnosticSetting", inputs)

    assert path == SETTING_PATH
    assert azure.requests[1].body == {"properties": {"workspaceId": "/subscriptions/s/logs"}}
    assert outputs["name"] == "all"
    assert plugin.read("monitor:DiagnosticSetting", path)[1] == inputs


def test_sku_of_a_workspace_stands_under_properties(plugin, azure):
    inputs = {
        "resourceGroupName": "rg",
        "workspaceName": "w",
        "location": "swedencentral",
        "sku": {"name": "PerGB2018"},
    }

    outputs = plugin.create("operationalinsights:Workspace", inputs)[1]

    assert azure.requests[1].body == {"location": "swedencentral", "properties": {"sku": {"name": "PerGB2018"}}}
    assert outputs["sku"] == {"name": "PerGB2018"}


def test_properties_of_a_vault_stay_as_the_program_nests_them(plugin, azure):
    inputs = {"resourceGroupName": "rg", "vaultName": "v", "location": "swedencentral", "properties": {"tenantId": "t"}}

    plugin.create("keyvault:Vault", inputs)

    assert azure.requests[1].body == {"location": "swedencentral", "properties": {"tenantId": "t"}}


def test_identity_without_properties_sends_none(plugin, azure):
    inputs = {"resourceGroupName": "rg", "resourceName": "bot", "location": "swedencentral"}

    plugin.create("managedidentity:UserAssignedIdentity", inputs)

    assert azure.requests[1].body == {"location": "swedencentral"}


def test_get_function_reads_the_same_path(plugin, azure):
    azure.put(PATH, ENVELOPE | {"properties": INNER})

    found = plugin.invoke("azure-native:storage:getStorageAccount", **NAMES)

    assert found == ENVELOPE | INNER | {"id": PATH, "name": "logs", "azureApiVersion": "2024-01-01"}


def test_get_function_of_a_missing_one_names_it(plugin):
    with pytest.raises(grpc.RpcError) as caught:
        plugin.invoke("azure-native:storage:getStorageAccount", **NAMES)

    assert caught.value.details().startswith(f"request failed {PATH}: Status=404")


@pytest.mark.parametrize(
    ("token", "path"),
    [
        pytest.param("storage:NoSuchThing", "/subscriptions/{subscriptionId}", id="type"),
        pytest.param("nowhere:StorageAccount", "/subscriptions/{subscriptionId}", id="module"),
        pytest.param(STORAGE, "/subscriptions/{subscriptionId}/x/{renamed}", id="part-of-the-path"),
    ],
)
def test_what_the_sdk_does_not_declare_is_refused_by_name(token, path):
    with pytest.raises(PluginError, match=token):
        read_entry(token, {"path": path})
