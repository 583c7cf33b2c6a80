"""What the plugin sends to Azure when it creates, changes and deletes, and what it makes of the answers."""

from __future__ import annotations

import time

import grpc
import pytest

from tests.rehearsal.plugin.driver import CONFIG, SUBSCRIPTION, Plugin, read_partial
from tests.rehearsal.plugin.fake_azure import Scripted

DEPLOYMENT = "cognitiveservices:Deployment"
ACCOUNT_PATH = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/support"
PATH = f"{ACCOUNT_PATH}/deployments/bot"
MODEL = {"format": "OpenAI", "name": "gpt.ft-1", "version": "1", "source": "/subscriptions/s/accounts/training"}
INPUTS = {
    "resourceGroupName": "rg",
    "accountName": "support",
    "deploymentName": "bot",
    "sku": {"name": "Standard", "capacity": 10},
    "properties": {"model": MODEL, "raiPolicyName": "Microsoft.DefaultV2"},
    "tags": {"ftdeploy-base-name": "gpt"},
    "azureApiVersion": "2025-06-01",
}
CONFLICT = {"error": {"code": "RequestConflict", "message": "Another operation is being performed"}}
RUNNING = {"Azure-AsyncOperation": "{base}/operations/1?api-version=x", "Retry-After": "0"}


def test_create_looks_first_then_puts_and_reads_back(plugin, azure):
    path, outputs = plugin.create(DEPLOYMENT, INPUTS)

    assert azure.seen() == [f"GET {PATH}", f"PUT {PATH}", f"GET {PATH}"]
    assert azure.requests[1].body == {name: INPUTS[name] for name in ("sku", "properties", "tags")}
    assert {request.version for request in azure.requests} == {"2025-06-01"}
    assert path == PATH
    assert outputs["properties"] == INPUTS["properties"] | {"provisioningState": "Succeeded"}
    assert outputs["azureApiVersion"] == "2025-06-01"
    assert "secretSauce" not in outputs


def test_capacity_travels_as_a_whole_number(plugin, azure):
    plugin.create(DEPLOYMENT, INPUTS)

    assert type(azure.requests[1].body["sku"]["capacity"]) is int


def test_versioned_token_changes_the_api_version(plugin, azure):
    plugin.create("cognitiveservices/v20251001preview:Deployment", INPUTS)

    assert {request.version for request in azure.requests} == {"2025-10-01-preview"}


def test_role_assignment_is_flat_for_programs_and_nested_on_the_wire(plugin, azure):
    role = {"principalId": "someone", "principalType": "ServicePrincipal", "roleDefinitionId": "/roles/user"}

    path, outputs = plugin.create(
        "authorization:RoleAssignment", role | {"scope": ACCOUNT_PATH, "roleAssignmentName": "2222"}
    )

    assert path == f"{ACCOUNT_PATH}/providers/Microsoft.Authorization/roleAssignments/2222"
    assert azure.requests[1].body == {"properties": role}
    assert outputs == role | {"name": "2222", "azureApiVersion": "2022-04-01"}


def test_existing_resource_is_not_adopted(plugin, azure):
    azure.put(PATH, {"properties": {}})

    with pytest.raises(grpc.RpcError) as caught:
        plugin.create(DEPLOYMENT, INPUTS)

    assert caught.value.details() == f"cannot create already existing resource '{PATH}'"
    assert azure.seen() == [f"GET {PATH}"]


def test_forbidden_look_names_status_and_body(plugin, azure):
    azure.script[f"GET {PATH}"] = [Scripted(403, {"error": {"code": "AuthorizationFailed"}})]

    with pytest.raises(grpc.RpcError) as caught:
        plugin.create(DEPLOYMENT, INPUTS)

    assert caught.value.details() == (
        f"cannot check existence of resource '{PATH}': status code 403, "
        '{"error": {"code": "AuthorizationFailed"}}'
    )


def test_conflict_is_told_and_not_tried_again(plugin, azure):
    azure.script[f"PUT {PATH}"] = [Scripted(409, CONFLICT)]

    with pytest.raises(grpc.RpcError) as caught:
        plugin.create(DEPLOYMENT, INPUTS)

    assert caught.value.details() == (
        'Status=409 Code="RequestConflict" Message="Another operation is being performed"'
    )
    assert "grpc-status-details-bin" not in dict(caught.value.trailing_metadata())
    assert azure.seen().count(f"PUT {PATH}") == 1


@pytest.mark.parametrize(
    "refusal",
    [Scripted(429, {}, {"Retry-After": "0"}), Scripted(503, {}, {"x-ms-retry-after-ms": "5"})],
    ids=["throttled", "unavailable"],
)
def test_busy_service_is_tried_again_after_the_time_it_asks_for(plugin, azure, refusal):
    azure.script[f"PUT {PATH}"] = [refusal, refusal]

    plugin.create(DEPLOYMENT, INPUTS)

    assert azure.seen().count(f"PUT {PATH}") == 3


def test_operation_is_followed_to_its_end(plugin, azure):
    azure.script[f"PUT {PATH}"] = [Scripted(201, {"properties": {"provisioningState": "Creating"}}, RUNNING)]
    polled = [Scripted(200, {"status": "Running"}, {"Retry-After": "0"}), Scripted(200, {"status": "Succeeded"})]
    azure.script["GET /operations/1"] = polled
    azure.script[f"GET {PATH}"] = [Scripted(404), Scripted(200, {"id": PATH, "name": "bot"})]

    path, outputs = plugin.create(DEPLOYMENT, INPUTS)

    assert azure.seen()[1:] == [f"PUT {PATH}", *["GET /operations/1"] * 2, f"GET {PATH}"]
    assert (path, outputs["name"]) == (PATH, "bot")


def test_failed_operation_is_a_partial_failure_with_the_live_state(plugin, azure):
    azure.script[f"PUT {PATH}"] = [Scripted(201, {}, RUNNING)]
    error = {"code": "DeploymentFailed", "message": "no room"}
    azure.script["GET /operations/1"] = [Scripted(200, {"status": "Failed", "error": error})]
    live = {"id": PATH, "name": "bot", "properties": {"provisioningState": "Failed"}}
    azure.script[f"GET {PATH}"] = [Scripted(404), Scripted(200, live)]

    with pytest.raises(grpc.RpcError) as caught:
        plugin.create(DEPLOYMENT, INPUTS)

    partial = read_partial(caught.value)
    assert caught.value.details() == 'Status=200 Code="DeploymentFailed" Message="no room"'
    assert (partial.id, list(partial.reasons)) == (PATH, [caught.value.details()])
    assert partial.properties["properties"]["provisioningState"] == "Failed"
    assert partial.inputs["deploymentName"] == "bot"


def test_unreadable_state_after_a_failed_operation_is_told_too(plugin, azure):
    azure.script[f"PUT {PATH}"] = [Scripted(201, {"properties": {"provisioningState": "Failed"}})]
    gone = {"error": {"code": "Gone", "message": "not here"}}
    azure.script[f"GET {PATH}"] = [Scripted(404), Scripted(404, gone)]

    with pytest.raises(grpc.RpcError) as caught:
        plugin.create(DEPLOYMENT, INPUTS)

    assert caught.value.details().startswith('resource created but read failed Status=404 Code="Gone"')
    assert not read_partial(caught.value).properties.fields


def test_update_puts_the_whole_resource_without_looking(plugin, azure):
    plugin.create(DEPLOYMENT, INPUTS)
    azure.requests.clear()

    outputs = plugin.update(DEPLOYMENT, PATH, INPUTS | {"sku": {"name": "Standard", "capacity": 20}})

    assert azure.seen() == [f"PUT {PATH}", f"GET {PATH}"]
    assert outputs["sku"] == {"name": "Standard", "capacity": 20}


def test_delete_follows_the_location(plugin, azure):
    azure.script[f"DELETE {PATH}"] = [Scripted(202, None, {"Location": "{base}/operations/2", "Retry-After": "0"})]
    azure.script["GET /operations/2"] = [Scripted(202, None, {"Retry-After": "0"}), Scripted(200, {})]

    plugin.delete(DEPLOYMENT, PATH)

    assert azure.seen() == [f"DELETE {PATH}", "GET /operations/2", "GET /operations/2"]


def test_delete_of_what_is_gone_succeeds(plugin, azure):
    plugin.delete(DEPLOYMENT, PATH)

    assert azure.seen() == [f"DELETE {PATH}"]


def test_cancel_turns_a_running_operation_into_a_partial_failure(azure):
    """An interrupted run must not lose what Azure has accepted."""
    azure.script[f"PUT {PATH}"] = [Scripted(201, {}, RUNNING | {"Retry-After": "60"})]
    with Plugin(SSL_CERT_FILE=str(azure.ca), ARM_METADATA_HOSTNAME=azure.host) as plugin:
        plugin.configure(**CONFIG)
        started = plugin.begin_create(DEPLOYMENT, INPUTS)
        while f"PUT {PATH}" not in azure.seen():
            time.sleep(0.01)
        plugin.cancel()
        error = started.exception()

    assert error.details() == "resource created but read failed context canceled: context canceled"
    assert read_partial(error).id == PATH
