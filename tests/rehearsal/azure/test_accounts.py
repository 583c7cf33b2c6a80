"""Accounts on the wire."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP, PROVIDER, READER, SUBSCRIPTION

NEW = f"{GROUP}/{PROVIDER}/accounts/contoso-new"
BODY = {"location": "Sweden Central", "kind": "OpenAI", "sku": {"name": "S0"}, "properties": {"disableLocalAuth": True}}


def test_new_account_is_201_and_leads_back_to_the_emulator(slow: Pretend) -> None:
    response = slow.put(NEW, BODY)
    slow.pass_seconds(61)

    properties = response.json()["properties"]
    assert (response.status_code, properties["provisioningState"]) == (201, "Creating")
    assert properties["endpoint"] == "https://127.0.0.1:20443/accounts/contoso-new/"
    assert slow.get(response.headers["Location"]).json() == slow.get(NEW).json()
    assert slow.get(NEW).json()["properties"]["provisioningState"] == "Succeeded"


def test_custom_subdomain_names_the_endpoint(pretend: Pretend) -> None:
    body = {**BODY, "properties": {"customSubDomainName": "support"}}

    endpoint = pretend.put(NEW, body).json()["properties"]["endpoint"]

    assert endpoint == "https://127.0.0.1:20443/accounts/support/"


def test_second_put_is_200_and_keeps_keys_and_creation(pretend: Pretend) -> None:
    first = pretend.put(NEW, {**BODY, "properties": {}}).json()
    keys = pretend.ask("POST", f"{NEW}/listKeys").json()

    second = pretend.put(NEW, {**BODY, "properties": {}, "tags": {"a": "b"}})

    assert (second.status_code, second.json()["tags"]) == (200, {"a": "b"})
    assert second.json()["systemData"]["createdAt"] == first["systemData"]["createdAt"]
    assert pretend.ask("POST", f"{NEW}/listKeys").json() == keys


def test_put_without_kind_and_sku_keeps_them_and_takes_no_others(pretend: Pretend) -> None:
    kept = pretend.put(ACCOUNT, {"location": "swedencentral"}).json()
    refused = [pretend.put(ACCOUNT, {**BODY, **other}) for other in ({"kind": "Face"}, {"sku": {"name": "F0"}})]

    assert (kept["kind"], kept["sku"]) == ("OpenAI", {"name": "S0"})
    assert [get_code(each) for each in refused] == ["InvalidApiSetId"] * 2


def test_given_account_stays_as_old_as_it_is(pretend: Pretend) -> None:
    created = pretend.get(ACCOUNT).json()["systemData"]["createdAt"]
    pretend.pass_seconds(60)

    changed = pretend.ask("PATCH", ACCOUNT, {"tags": {"a": "b"}}).json()

    assert changed["properties"]["dateCreated"] == changed["systemData"]["createdAt"] == created


@pytest.mark.parametrize("sent", [{"sku": "S0"}, {"identity": "x"}, {"tags": 5}, {"properties": {"networkAcls": "x"}}])
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_part_that_is_no_object_is_refused(pretend: Pretend, method: str, sent: dict) -> None:
    refused = pretend.ask(method, ACCOUNT, {"location": "swedencentral", **sent} if method == "PUT" else sent)

    assert (refused.status_code, get_code(refused)) == (400, "InvalidRequestContent")


def test_patch_lays_properties_over_properties(pretend: Pretend) -> None:
    pretend.put(NEW, BODY)

    properties = pretend.ask("PATCH", NEW, {"properties": {"publicNetworkAccess": "Disabled"}}).json()["properties"]

    assert (properties["publicNetworkAccess"], properties["disableLocalAuth"]) == ("Disabled", True)


def test_account_cannot_move(pretend: Pretend) -> None:
    response = pretend.put(ACCOUNT, {**BODY, "location": "eastus2"})

    assert (response.status_code, get_code(response)) == (409, "InvalidResourceLocation")


def test_account_without_local_authentication_lists_no_keys(pretend: Pretend) -> None:
    pretend.put(NEW, BODY)

    assert pretend.ask("POST", f"{NEW}/listKeys").status_code == 400


def test_deleted_account_takes_its_deployments_along(pretend: Pretend) -> None:
    pretend.deploy()

    response = pretend.delete(ACCOUNT)

    assert response.status_code == 202
    assert pretend.get(ACCOUNT).status_code == 404
    assert pretend.get(f"{ACCOUNT}/deployments/bot").status_code == 404
    assert pretend.delete(ACCOUNT).status_code == 204


def test_accounts_are_listed_by_group_and_subscription(pretend: Pretend) -> None:
    pretend.put(NEW, BODY)

    for scope in (GROUP, f"/subscriptions/{SUBSCRIPTION}"):
        names = [each["name"] for each in pretend.get(f"{scope}/{PROVIDER}/accounts").json()["value"]]
        assert names == ["contoso-dev", "contoso-idle", "contoso-new"]


def test_unknown_subscription_is_named(pretend: Pretend) -> None:
    response = pretend.get(ACCOUNT.replace("22222222", "99999999"))

    assert (response.status_code, get_code(response)) == (404, "SubscriptionNotFound")


def test_refusal_for_a_missing_role_names_who_what_and_where(pretend: Pretend) -> None:
    response = pretend.as_(READER).ask("POST", f"{ACCOUNT}/listKeys")

    assert get_code(response) == "AuthorizationFailed"
    assert response.json()["error"]["message"].startswith(
        f"The client '{READER['clientId']}' with object id '{READER['objectId']}' does not have authorization to "
        f"perform action 'Microsoft.CognitiveServices/accounts/listKeys/action' over scope '{ACCOUNT}' or the "
        "scope is invalid."
    )


def test_what_azure_has_and_the_emulator_has_not_is_refused_by_name(pretend: Pretend) -> None:
    response = pretend.ask("POST", f"{ACCOUNT}/commitmentPlansOf", {})

    assert (response.status_code, get_code(response)) == (501, "NotEmulated")
    assert "accounts/commitmentPlansOf" in response.json()["error"]["message"]
