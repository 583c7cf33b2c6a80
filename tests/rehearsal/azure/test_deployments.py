"""Deployments on the wire: what is answered, while it runs and afterwards."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, IDLE_ACCOUNT, OWN_MODEL, build_deployment

BOT = f"{ACCOUNT}/deployments/bot"


def test_new_deployment_is_201_and_creating_until_its_operation_ends(slow: Pretend) -> None:
    response = slow.deploy()
    status = slow.get(response.headers["Azure-AsyncOperation"]).json()["status"]

    slow.pass_seconds(61)

    assert (response.status_code, response.json()["properties"]["provisioningState"]) == (201, "Creating")
    assert response.headers["Retry-After"] == "1"
    assert status == "InProgress"
    assert slow.get(response.headers["Azure-AsyncOperation"]).json()["status"] == "Succeeded"
    assert slow.get(BOT).json()["properties"]["provisioningState"] == "Succeeded"


def test_changed_deployment_is_200_and_accepted(slow: Pretend) -> None:
    slow.deploy()
    slow.pass_seconds(61)

    response = slow.deploy(capacity=20)

    assert (response.status_code, response.json()["properties"]["provisioningState"]) == (200, "Accepted")
    assert response.json()["sku"] == {"name": "Standard", "capacity": 20}


def test_operation_without_duration_is_done_when_answered(pretend: Pretend) -> None:
    response = pretend.deploy()

    assert response.json()["properties"]["provisioningState"] == "Succeeded"
    assert response.headers["Retry-After"] == "0"
    assert pretend.get(response.headers["Azure-AsyncOperation"]).json()["status"] == "Succeeded"


def test_wait_below_a_second_is_told_in_milliseconds_too(pretend: Pretend) -> None:
    pretend.world.operations.seconds = 0.2

    response = pretend.deploy()

    assert response.headers["x-ms-retry-after-ms"] == "200"
    assert response.headers["Retry-After"] == "1"


def test_absent_deployment_is_404_to_get_and_204_to_delete(pretend: Pretend) -> None:
    found, deleted = pretend.get(BOT), pretend.delete(BOT)

    assert (found.status_code, get_code(found), deleted.status_code) == (404, "ResourceNotFound", 204)


def test_deleted_deployment_is_deleting_then_gone(slow: Pretend) -> None:
    slow.deploy()
    slow.pass_seconds(61)

    response = slow.delete(BOT)
    state = slow.get(BOT).json()["properties"]["provisioningState"]
    polled = slow.get(response.headers["Location"]).status_code
    slow.pass_seconds(61)

    assert (response.status_code, state, polled) == (202, "Deleting", 202)
    assert slow.get(response.headers["Location"]).status_code == 204
    assert slow.get(BOT).status_code == 404


def test_patched_sku_is_202_and_its_result_is_at_location(slow: Pretend) -> None:
    slow.deploy()
    slow.pass_seconds(61)

    response = slow.ask("PATCH", BOT, {"sku": {"capacity": 30}, "tags": {"owner": "support"}})
    slow.pass_seconds(61)
    result = slow.get(response.headers["Location"]).json()

    assert response.status_code == 202
    assert (result["sku"], result["tags"]) == ({"name": "Standard", "capacity": 30}, {"owner": "support"})


def test_ids_are_compared_without_regard_to_case(pretend: Pretend) -> None:
    pretend.deploy("Bot")

    response = pretend.get(f"{ACCOUNT.lower().replace('resourcegroups', 'RESOURCEGROUPS')}/Deployments/bOT")

    assert response.json()["id"] == f"{ACCOUNT}/deployments/Bot"


@pytest.mark.parametrize("body", [{}, {"tags": {"a": "b"}}], ids=["bare", "tagged"])
def test_sku_below_properties_counts_as_standard(pretend: Pretend, body: dict) -> None:
    wanted = build_deployment(sku="ProvisionedManaged", capacity=25)
    wanted["properties"]["sku"] = wanted.pop("sku")

    response = pretend.put(BOT, {**wanted, **body})

    assert response.json()["sku"] == {"name": "Standard", "capacity": 1}


@pytest.mark.parametrize(("name", "version"), [(OWN_MODEL, "1"), ("gpt-4o-mini", "2024-07-18")])
def test_version_that_is_not_sent_is_the_models_own(pretend: Pretend, name: str, version: str) -> None:
    body = build_deployment(name)
    del body["properties"]["model"]["version"]

    assert pretend.put(BOT, body).json()["properties"]["model"]["version"] == version


def test_model_of_another_format_is_another_model(pretend: Pretend) -> None:
    body = build_deployment("gpt-4o-mini", format="Meta")
    body["properties"]["model"]["version"] = "2024-07-18"

    assert get_code(pretend.put(BOT, body)) == "DeploymentModelNotSupported"


def test_limits_follow_capacity(pretend: Pretend) -> None:
    limits = pretend.deploy(capacity=10).json()["properties"]["rateLimits"]

    assert [(each["key"], each["count"]) for each in limits] == [("request", 60), ("token", 10_000)]


def test_deployment_in_a_missing_account_names_the_parent(pretend: Pretend) -> None:
    response = pretend.deploy(account=ACCOUNT.replace("contoso-dev", "nobody"))

    assert (response.status_code, get_code(response)) == (404, "ParentResourceNotFound")
    assert "accounts/nobody" in response.json()["error"]["message"]


def test_list_holds_the_accounts_own_deployments(pretend: Pretend) -> None:
    pretend.deploy("one")
    pretend.deploy("two")

    assert [each["name"] for each in pretend.get(f"{ACCOUNT}/deployments").json()["value"]] == ["one", "two"]
    assert pretend.get(f"{IDLE_ACCOUNT}/deployments").json()["value"] == []


def test_body_that_is_not_json_is_refused(pretend: Pretend) -> None:
    headers = {"Authorization": f"Bearer {pretend.get_token()}"}

    response = pretend.http.put(f"{BOT}?api-version=2025-06-01", content=b"{", headers=headers)

    assert (response.status_code, get_code(response)) == (400, "InvalidRequestContent")


@pytest.mark.parametrize("sent", [{"sku": 5}, {"tags": "x"}])
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_part_that_is_no_object_is_refused(pretend: Pretend, method: str, sent: dict) -> None:
    pretend.deploy()

    refused = pretend.ask(method, BOT, {**build_deployment(), **sent} if method == "PUT" else sent)

    assert (refused.status_code, get_code(refused)) == (400, "InvalidRequestContent")


def test_tags_and_filter_are_kept_and_unsent_ones_left_out(pretend: Pretend) -> None:
    body = build_deployment()
    body["tags"] = {"ftdeploy-base-name": "gpt-4o-mini"}
    body["properties"]["raiPolicyName"] = "Microsoft.DefaultV2"

    properties = pretend.put(BOT, body).json()["properties"]

    assert pretend.get(BOT).json()["tags"] == body["tags"]
    assert properties["raiPolicyName"] == "Microsoft.DefaultV2"
    assert properties["model"] == {"format": "OpenAI", "name": OWN_MODEL, "version": "1"}
    assert "spilloverDeploymentName" not in properties


def test_capacity_may_come_as_text_as_azure_cli_sends_it(pretend: Pretend) -> None:
    made = pretend.deploy(capacity="5")  # type: ignore[arg-type]

    assert (made.status_code, made.json()["sku"]["capacity"]) == (201, 5)
