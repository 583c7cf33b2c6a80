"""What the plugin makes of what is there: reads, imports, functions, defaults, previews and differences."""

from __future__ import annotations

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from tests.rehearsal.plugin.driver import SUBSCRIPTION
from tests.rehearsal.plugin.fake_azure import Scripted

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
ACCOUNT = "cognitiveservices:Account"
GROUP_PATH = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
PATH = f"{GROUP_PATH}/providers/Microsoft.CognitiveServices/accounts/support"
NAMES = {"resourceGroupName": "rg", "accountName": "support"}
INPUTS = NAMES | {"location": "swedencentral", "kind": "OpenAI", "sku": {"name": "S0"}}
LIVE = {
    "location": "swedencentral",
    "kind": "OpenAI",
    "sku": {"name": "S0"},
    "properties": {"endpoint": "https://x/", "customSubDomainName": "support", "publicNetworkAccess": "Enabled"},
}


def test_read_of_what_is_gone_answers_no_id(plugin):
    assert plugin.read(ACCOUNT, PATH, INPUTS)[0] == ""


def test_not_found_with_a_strange_code_is_an_error(plugin, azure):
    """The real plugin does not take a proxy's 404 for a deletion."""
    azure.script[f"GET {PATH}"] = [Scripted(404, {"error": {"code": "Odd", "message": "a proxy"}})]

    with pytest.raises(grpc.RpcError) as caught:
        plugin.read(ACCOUNT, PATH, INPUTS)

    assert caught.value.details() == 'Status=404 Code="Odd" Message="a proxy"'


def test_read_brings_drift_into_the_inputs_and_nothing_else(plugin, azure):
    azure.put(PATH, LIVE | {"kind": "AIServices"})

    path, inputs, outputs = plugin.read(ACCOUNT, PATH, INPUTS, LIVE | {"name": "support"})

    assert path == PATH
    assert inputs == INPUTS | {"kind": "AIServices"}
    assert outputs["properties"]["endpoint"] == "https://x/"


def test_read_without_inputs_makes_them_from_id_and_answer(plugin, azure):
    azure.put(PATH, LIVE)

    inputs = plugin.read(ACCOUNT, PATH.replace("resourceGroups", "resourcegroups"))[1]

    writable = {"customSubDomainName": "support", "publicNetworkAccess": "Enabled"}
    assert inputs == INPUTS | {"properties": writable}


def test_import_of_a_role_assignment_knows_its_scope(plugin, azure):
    path = f"{PATH}/providers/Microsoft.Authorization/roleAssignments/2222"
    azure.put(path, {"properties": {"principalId": "someone", "roleDefinitionId": "/roles/user", "scope": PATH}})

    inputs = plugin.read("authorization:RoleAssignment", path)[1]

    names = {"scope": PATH, "roleAssignmentName": "2222"}
    assert inputs == names | {"principalId": "someone", "roleDefinitionId": "/roles/user"}


def test_get_account_answers_what_is_there(plugin, azure):
    azure.put(PATH, LIVE)

    found = plugin.invoke("azure-native:cognitiveservices:getAccount", **NAMES)

    assert found == LIVE | {"id": PATH, "name": "support", "azureApiVersion": "2025-06-01"}


def test_get_account_of_a_missing_one_names_it(plugin):
    with pytest.raises(grpc.RpcError) as caught:
        plugin.invoke("azure-native:cognitiveservices:getAccount", **NAMES)

    assert caught.value.details() == f'request failed {PATH}: Status=404 Code="ResourceNotFound" Message="not there"'


def test_client_config_is_that_of_the_token(plugin):
    found = plugin.invoke("azure-native:authorization:getClientConfig")

    expected = {"clientId": "pipeline-client", "objectId": "pipeline-object", "tenantId": "home"}
    assert found == expected | {"subscriptionId": SUBSCRIPTION}


@pytest.mark.parametrize("token", ["web:getWebApp", "storage:listStorageAccountKeys"])
def test_unknown_function_is_refused_by_name(plugin, token):
    with pytest.raises(grpc.RpcError) as caught:
        plugin.invoke(f"azure-native:{token}")

    assert token.rpartition(":")[0] in caught.value.details()
    assert "does not know" in caught.value.details()


def test_unknown_type_is_refused_by_name(plugin):
    with pytest.raises(grpc.RpcError) as caught:
        plugin.check("web:WebApp", {})

    assert "azure-native:web:WebApp" in caught.value.details()


def test_check_adds_the_api_version(plugin):
    assert plugin.check(ACCOUNT, INPUTS) == (INPUTS | {"azureApiVersion": "2025-06-01"}, [])


def test_check_takes_the_location_it_had(plugin):
    inputs = {name: value for name, value in INPUTS.items() if name != "location"}

    assert plugin.check(ACCOUNT, inputs, {"location": "eastus2"})[0]["location"] == "eastus2"


def test_check_names_everything_that_is_missing(plugin):
    failures = plugin.check(ACCOUNT, {"resourceGroupName": "rg", "sku": {}})[1]

    assert failures == [
        "missing required property 'accountName'",
        "missing required property 'location'. Either set it explicitly or configure it with "
        "'pulumi config set azure-native:location <value>'.",
        "missing required property 'sku.name'",
    ]


def test_preview_of_a_create_knows_inputs_only(plugin, azure):
    path, outputs = plugin.create(ACCOUNT, INPUTS | {"properties": {"customSubDomainName": "support"}}, preview=True)

    assert (path, azure.seen()) == ("", [])
    assert outputs["kind"] == "OpenAI"
    assert outputs["name"] == UNKNOWN
    assert outputs["properties"]["customSubDomainName"] == "support"
    assert outputs["properties"]["endpoint"] == UNKNOWN


def test_preview_of_an_update_keeps_name_and_location(plugin):
    old = {"name": "support", "location": "swedencentral", "etag": "1"}

    outputs = plugin.update(ACCOUNT, PATH, INPUTS, olds=old, preview=True)

    assert (outputs["name"], outputs["location"], outputs["etag"]) == ("support", "swedencentral", UNKNOWN)


def test_equal_inputs_do_not_differ(plugin):
    assert plugin.diff(ACCOUNT, INPUTS, INPUTS).changes == provider_pb2.DiffResponse.DIFF_NONE


@pytest.mark.parametrize(
    ("change", "replaces"),
    [
        pytest.param({"accountName": "other"}, ["accountName"], id="name"),
        pytest.param({"accountName": UNKNOWN}, ["accountName"], id="unknown-name"),
        pytest.param({"location": "eastus2"}, ["location"], id="location"),
        pytest.param({"location": "Sweden Central"}, [], id="same-location"),
        pytest.param({"resourceGroupName": "RG"}, [], id="same-group"),
        pytest.param({"sku": {"name": "F0"}}, [], id="sku"),
    ],
)
def test_what_is_said_at_creation_replaces(plugin, change, replaces):
    diff = plugin.diff(ACCOUNT, INPUTS, INPUTS | change)

    assert list(diff.replaces) == replaces
    assert diff.deleteBeforeReplace is bool(replaces)


def test_difference_says_where(plugin):
    diff = plugin.diff(ACCOUNT, INPUTS | {"tags": {"a": "1"}}, INPUTS | {"sku": {"name": "F0"}, "tags": {"b": "2"}})

    words = {path: provider_pb2.PropertyDiff.Kind.Name(found.kind) for path, found in diff.detailedDiff.items()}
    assert words == {"sku.name": "UPDATE", "tags.a": "DELETE", "tags.b": "ADD"}
    assert list(diff.diffs) == ["sku", "tags"]


def test_principal_of_a_role_assignment_replaces(plugin):
    diff = plugin.diff("authorization:RoleAssignment", {"principalId": "a"}, {"principalId": "b"})

    assert list(diff.replaces) == ["principalId"]
