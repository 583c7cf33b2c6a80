"""The emulator's own addresses."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.pretend import Pretend
from tests.rehearsal.azure.scenarios import (
    ACCOUNT,
    FOREIGN_ACCOUNT,
    FOREIGN_MODEL,
    GROUP,
    OTHER_TENANT,
    SECRET,
    SUBSCRIPTION,
)


def test_health_is_ok(pretend: Pretend) -> None:
    assert pretend.http.get("/_rehearsal/health").json() == {"status": "ok"}


def test_requests_are_noted_with_body_status_and_code(pretend: Pretend) -> None:
    pretend.also_in(OTHER_TENANT).deploy(model=FOREIGN_MODEL, capacity=0, sourceAccount=FOREIGN_ACCOUNT)

    noted = pretend.http.get("/_rehearsal/requests?after=0").json()
    [request] = noted["requests"]
    assert (request["n"], noted["last"], request["method"]) == (1, 1, "PUT")
    assert request["path"] == f"{ACCOUNT}/deployments/bot"
    assert request["query"] == {"api-version": "2025-06-01"}
    assert request["body"]["sku"]["capacity"] == 0
    assert (request["status"], request["code"]) == (400, "InvalidCapacity")
    assert request["auxiliaryTenants"] == [OTHER_TENANT]


def test_only_management_requests_are_noted_and_no_secrets(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.chat()
    vault = f"{GROUP}/providers/Microsoft.KeyVault/vaults/v/secrets/s"
    pretend.put(vault.partition("/secrets")[0], {"properties": {"adminPassword": SECRET}})

    text = pretend.http.get("/_rehearsal/requests").text

    assert [each["path"] for each in pretend.http.get("/_rehearsal/requests?after=1").json()["requests"]] == [
        f"{GROUP}/providers/Microsoft.KeyVault/vaults/v"
    ]
    assert SECRET not in text
    assert "Bearer" not in text


def test_behaviours_since_a_request_are_told_with_their_tags(pretend: Pretend) -> None:
    pretend.deploy()
    last = pretend.http.get("/_rehearsal/requests").json()["last"]
    pretend.put(f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net", {"location": "swedencentral"})

    found = pretend.http.get(f"/_rehearsal/behaviours?after={last}").json()["behaviours"]

    tags = {each["id"]: each["tag"] for each in found}
    assert tags["unknown-types-kept-as-sent"] == "assumed"
    assert "one-write-per-account" not in tags


def test_model_calls_lean_on_behaviours_too(pretend: Pretend) -> None:
    pretend.deploy()
    last = pretend.http.get("/_rehearsal/requests").json()["last"]
    pretend.chat()

    found = pretend.http.get(f"/_rehearsal/behaviours?after={last}").json()["behaviours"]

    assert "answers-are-pretend" in [each["id"] for each in found]


def test_resources_say_whether_they_were_given(pretend: Pretend) -> None:
    pretend.deploy()

    found = pretend.http.get("/_rehearsal/resources").json()["resources"]

    given = {each["id"]: each["given"] for each in found}
    assert given[GROUP] is given[ACCOUNT] is True
    assert given[f"{ACCOUNT}/deployments/bot"] is False
    assert any("roleAssignments" in each for each in given)


def test_operations_last_as_long_as_the_settings_say(pretend: Pretend) -> None:
    pretend.http.put("/_rehearsal/settings", json={"operationSeconds": 1.5})

    response = pretend.deploy()

    assert response.json()["properties"]["provisioningState"] == "Creating"


@pytest.mark.parametrize("body", [{"operationSeconds": -1}, {"operationSeconds": "1"}, {"speed": 2}])
def test_other_settings_are_refused(pretend: Pretend, body: dict) -> None:
    assert pretend.http.put("/_rehearsal/settings", json=body).status_code == 400


def test_failed_write_leaves_nothing_behind(pretend: Pretend) -> None:
    before = pretend.http.get("/_rehearsal/resources").json()
    pretend.deploy(capacity=101)

    assert pretend.http.get("/_rehearsal/resources").json() == before
    assert pretend.get(f"/subscriptions/{SUBSCRIPTION}").status_code == 200


def test_what_a_model_call_leaned_on_is_not_told_of_what_comes_later(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.chat()
    last = pretend.http.get("/_rehearsal/requests").json()["last"]
    pretend.deploy()

    found = pretend.http.get(f"/_rehearsal/behaviours?after={last}").json()["behaviours"]

    assert "answers-are-pretend" not in [each["id"] for each in found]
