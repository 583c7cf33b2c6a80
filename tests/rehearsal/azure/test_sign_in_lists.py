"""What clients list right after they signed in: locations, providers, resources, SKUs."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, READER, SUBSCRIPTION, WORKLOAD


def list_names(pretend: Pretend, path: str, key: str = "name") -> list[str]:
    response = pretend.get(path)
    assert response.status_code == 200, response.text
    return [each[key] for each in response.json()["value"]]


def test_subscriptions_come_in_pages(pretend: Pretend) -> None:
    pretend.world.settings.put("pageSize", 1)

    first = pretend.get("/subscriptions").json()
    second = pretend.get(first["nextLink"]).json()

    assert [len(each["value"]) for each in (first, second)] == [1, 1]
    assert "nextLink" not in second


def test_locations_are_named_as_azure_names_them(pretend: Pretend) -> None:
    found = {each["name"]: each for each in pretend.get(f"/subscriptions/{SUBSCRIPTION}/locations").json()["value"]}

    assert found["swedencentral"]["displayName"] == "Sweden Central"
    assert found["swedencentral"]["regionalDisplayName"] == "(Europe) Sweden Central"


@pytest.mark.parametrize("around", ["", f"/subscriptions/{SUBSCRIPTION}"], ids=["tenant", "subscription"])
def test_providers_say_their_types_and_versions(pretend: Pretend, around: str) -> None:
    named = list_names(pretend, f"{around}/providers", "namespace")
    one = pretend.get(f"{around}/providers/microsoft.cognitiveservices").json()

    assert "Microsoft.Insights" in named
    accounts = next(each for each in one["resourceTypes"] if each["resourceType"] == "accounts")
    assert "2025-06-01" in accounts["apiVersions"]
    assert "Sweden Central" in accounts["locations"]


def test_provider_is_registered_already(pretend: Pretend) -> None:
    path = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.CognitiveServices"

    assert pretend.ask("POST", f"{path}/register").json()["registrationState"] == "Registered"
    assert get_code(pretend.as_(READER).ask("POST", f"{path}/register")) == "AuthorizationFailed"
    assert get_code(pretend.get(f"/subscriptions/{SUBSCRIPTION}/providers/No.Such")) == "NotEmulated"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("resourceType eq 'Microsoft.CognitiveServices/accounts'", ["contoso-dev", "contoso-idle"]),
        ("resourceType eq 'Microsoft.Storage/storageAccounts'", []),
        ("resourceType eq 'microsoft.cognitiveservices/Accounts' and name eq 'contoso-idle'", ["contoso-idle"]),
        ("location eq 'Sweden Central'", ["contoso-dev", "contoso-idle"]),
        ("resourceGroup eq 'RG-DEV'", ["contoso-dev", "contoso-idle"]),
        ("tagName eq 'team' and tagValue eq 'salt and vinegar'", ["contoso-dev"]),
        ("tagName eq 'team' and tagValue eq 'other'", []),
    ],
)
def test_resources_are_filtered(pretend: Pretend, query: str, expected: list[str]) -> None:
    assert pretend.ask("PATCH", ACCOUNT, {"tags": {"team": "salt and vinegar"}}).status_code == 200

    assert list_names(pretend, f"/subscriptions/{SUBSCRIPTION}/resources?$filter={query}") == expected


@pytest.mark.parametrize("query", ["startswith(name, 'a')", "name ne 'a'", "plan eq 'a'"])
def test_other_filters_are_refused_by_name(pretend: Pretend, query: str) -> None:
    response = pretend.get(f"/subscriptions/{SUBSCRIPTION}/resources?$filter={query}")

    assert (response.status_code, get_code(response)) == (501, "NotEmulated")


def test_skus_are_listed(pretend: Pretend) -> None:
    everywhere = pretend.get(f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.CognitiveServices/skus").json()
    own = pretend.get(f"{ACCOUNT}/skus").json()

    assert {(each["kind"], each["name"]) for each in everywhere["value"]} == {("OpenAI", "S0"), ("AIServices", "S0")}
    assert [each["sku"]["name"] for each in own["value"]] == ["S0"]


def test_who_has_no_role_on_a_subscription_reads_none_of_it(pretend: Pretend) -> None:
    pretend.world.store.write(
        "UPDATE principals SET secret = ? WHERE client_id = ?", "pipeline-secret", WORKLOAD["clientId"]
    )

    other = pretend.as_(WORKLOAD)

    assert list_names(other, "/subscriptions", "subscriptionId") == [SUBSCRIPTION]
    assert get_code(other.get(f"/subscriptions/{SUBSCRIPTION}/locations")) == "AuthorizationFailed"
