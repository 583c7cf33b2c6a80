"""Resource groups, and types that the emulator does not know."""

from __future__ import annotations

import pytest

from ftdeploy.rehearsal.azure.resourcemanager.groups import PATH_TYPE
from ftdeploy.rehearsal.azure.resources import Resource
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP, SUBSCRIPTION

NEW = f"/subscriptions/{SUBSCRIPTION}/resourcegroups/rg-new"
NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"


def test_group_is_made_changed_found_and_missed(pretend: Pretend) -> None:
    before = pretend.ask("HEAD", NEW).status_code
    made = pretend.put(NEW, {"location": "swedencentral"})
    changed = pretend.put(NEW, {"location": "swedencentral", "tags": {"a": "b"}})

    assert (before, made.status_code, changed.status_code) == (404, 201, 200)
    assert pretend.ask("HEAD", NEW).status_code == 204
    assert pretend.get(NEW).json() == {
        "id": NEW.replace("resourcegroups", "resourceGroups"),
        "name": "rg-new",
        "type": "Microsoft.Resources/resourceGroups",
        "location": "swedencentral",
        "tags": {"a": "b"},
        "properties": {"provisioningState": "Succeeded"},
    }


def test_tags_change_by_themselves(pretend: Pretend) -> None:
    place = f"{ACCOUNT}/providers/Microsoft.Resources/tags/default"

    def change(operation: str, **tags: str) -> dict:
        body = {"operation": operation, "properties": {"tags": tags}}
        return pretend.ask("PATCH", f"{place}?api-version=2022-09-01", body).json()["properties"]["tags"]

    merged = [change("Replace", a="1", b="2"), change("Merge", b="3"), change("Delete", a="1", b="2")]

    assert merged == [{"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"b": "3"}]
    assert pretend.get(ACCOUNT).json()["tags"] == {"b": "3"}
    assert pretend.ask("PATCH", f"{place}?api-version=2022-09-01", {"operation": "Guess"}).status_code == 400


def test_tags_of_a_group_are_patched(pretend: Pretend) -> None:
    changed = pretend.ask("PATCH", GROUP, {"tags": {"owner": "ml"}})

    assert (changed.status_code, changed.json()["tags"]) == (200, {"owner": "ml"})
    assert pretend.get(GROUP).json() == changed.json()


@pytest.mark.parametrize(
    "path", ["Microsoft.CognitiveServices/operations", "Microsoft.Authorization/providerOperations"]
)
def test_list_of_a_provider_that_is_not_there_is_refused_as_missing_here(pretend: Pretend, path: str) -> None:
    assert get_code(pretend.get(f"/providers/{path}")) == "NotEmulated"


def test_group_cannot_move(pretend: Pretend) -> None:
    assert get_code(pretend.put(GROUP, {"location": "eastus2"})) == "InvalidResourceGroupLocation"


def test_deleted_group_goes_with_all_that_is_in_it(slow: Pretend) -> None:
    response = slow.delete(GROUP)
    during = slow.get(GROUP).json()["properties"]["provisioningState"]
    polled = slow.get(response.headers["Location"])
    slow.pass_seconds(61)

    assert (response.status_code, during, polled.status_code) == (202, "Deleting", 202)
    assert polled.headers["Retry-After"] == "1"
    assert slow.get(response.headers["Location"]).is_success
    assert get_code(slow.get(ACCOUNT)) == "ResourceGroupNotFound"
    assert not list(slow.world.resources.list_below(GROUP))


def test_missing_group_is_404_by_its_own_name(pretend: Pretend) -> None:
    for response in (pretend.get(NEW), pretend.delete(NEW)):
        assert (response.status_code, get_code(response)) == (404, "ResourceGroupNotFound")


def test_groups_resources_are_listed_without_what_is_nested(pretend: Pretend) -> None:
    pretend.deploy()

    names = [each["name"] for each in pretend.get(f"{GROUP}/resources").json()["value"]]

    assert names == ["contoso-dev", "contoso-idle"]


def test_unknown_type_is_kept_as_sent(pretend: Pretend) -> None:
    body = {"location": "swedencentral", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}

    made = pretend.put(NETWORK, body)
    found = pretend.get(NETWORK.upper().replace("/SUBSCRIPTIONS", "/subscriptions")).json()

    assert made.status_code == 201
    assert found["properties"] == {**body["properties"], "provisioningState": "Succeeded"}
    assert (found["id"], found["type"]) == (NETWORK, "Microsoft.Network/virtualNetworks")


def test_unknown_type_is_changed_listed_and_deleted(pretend: Pretend) -> None:
    pretend.put(NETWORK, {"location": "swedencentral", "properties": {"kept": 1}})
    patched = pretend.ask("PATCH", NETWORK, {"properties": {"added": 2}}).json()["properties"]

    assert patched == {"kept": 1, "added": 2, "provisioningState": "Succeeded"}
    assert [each["name"] for each in pretend.get(NETWORK.rpartition("/")[0]).json()["value"]] == ["net"]
    assert [pretend.delete(NETWORK).status_code for _ in range(2)] == [200, 204]
    assert get_code(pretend.get(NETWORK)) == "ResourceNotFound"


def test_subscription_says_its_tenant(pretend: Pretend) -> None:
    body = pretend.get(f"/subscriptions/{SUBSCRIPTION}").json()

    assert (body["displayName"], body["state"]) == ("dev", "Enabled")


def test_address_of_nothing_is_refused_by_name(pretend: Pretend) -> None:
    response = pretend.http.get("/nothing/here")

    assert (response.status_code, get_code(response)) == (501, "NotEmulated")


def test_patch_without_tags_leaves_a_group_as_it_is(pretend: Pretend) -> None:
    bare = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-bare"
    pretend.world.resources.save(Resource(id=bare, type=PATH_TYPE, body={"location": "swedencentral"}))

    assert pretend.ask("PATCH", bare, {}).status_code == 200


@pytest.mark.parametrize("kind", ["deployments", "deploymentStacks", "deploymentScripts"])
def test_what_would_make_resources_is_not_kept_as_sent(pretend: Pretend, kind: str) -> None:
    place = f"{GROUP}/providers/Microsoft.Resources/{kind}"
    body = {"properties": {"mode": "Incremental", "template": {"resources": []}}}

    found = [pretend.ask("PUT", f"{place}/all?api-version=2024-03-01", body)]
    found += [pretend.get(f"{address}?api-version=2024-03-01") for address in (place, f"{place}/all")]

    assert [get_code(each) for each in found] == ["NotEmulated"] * 3
