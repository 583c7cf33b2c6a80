"""What clients ask before they do anything, and how often they may ask."""

from __future__ import annotations

import httpx
import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import (
    ACCOUNT,
    FOREIGN_SUBSCRIPTION,
    GROUP,
    OTHER_TENANT,
    READER,
    SUBSCRIPTION,
    TENANT,
    TRAINING_SUBSCRIPTION,
)


def list_ids(answer: httpx.Response, key: str) -> list[str]:
    return [each[key] for each in answer.json()["value"]]


def test_subscriptions_are_those_with_a_role_in_the_tokens_tenant(pretend: Pretend) -> None:
    assert list_ids(pretend.get("/subscriptions"), "subscriptionId") == [SUBSCRIPTION, TRAINING_SUBSCRIPTION]
    assert list_ids(pretend.in_(OTHER_TENANT).get("/subscriptions"), "subscriptionId") == [FOREIGN_SUBSCRIPTION]
    assert list_ids(pretend.as_(READER).get("/subscriptions"), "subscriptionId") == [SUBSCRIPTION]


def test_tenants_are_those_that_know_the_application(pretend: Pretend) -> None:
    assert list_ids(pretend.get("/tenants"), "tenantId") == [TENANT, OTHER_TENANT]
    assert list_ids(pretend.as_(READER).get("/tenants"), "tenantId") == [TENANT]


def test_providers_are_registered_and_name_their_versions(pretend: Pretend) -> None:
    listed = pretend.get(f"/subscriptions/{SUBSCRIPTION}/providers")
    one = pretend.get(f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.CognitiveServices").json()
    none = pretend.get(f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Nothing")

    assert "Microsoft.CognitiveServices" in list_ids(listed, "namespace")
    accounts = next(each for each in one["resourceTypes"] if each["resourceType"] == "accounts")
    assert (one["registrationState"], "2025-06-01" in accounts["apiVersions"]) == ("Registered", True)
    assert none.status_code in (404, 501)


def test_locations_are_listed(pretend: Pretend) -> None:
    assert "swedencentral" in list_ids(pretend.get(f"/subscriptions/{SUBSCRIPTION}/locations"), "name")


def test_own_address_counts_as_resource_managers_audience(pretend: Pretend) -> None:
    token = pretend.get_token("https://127.0.0.1:20443")

    answer = pretend.http.get(f"{GROUP}?api-version=2024-03-01", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "version", "code"),
    [(ACCOUNT, "2024-10-21", "NoRegisteredProviderFound"), (GROUP, "2024-99-99", "InvalidApiVersionParameter")],
)
def test_version_that_is_not_known_is_refused_with_those_that_are(
    pretend: Pretend, path: str, version: str, code: str
) -> None:
    refused = pretend.get(f"{path}?api-version={version}")

    assert (refused.status_code, get_code(refused)) == (400, code)
    assert "2024-0" in refused.json()["error"]["message"]


def test_buckets_are_told_empty_and_fill_up_by_the_clock(pretend: Pretend) -> None:
    pretend.world.settings.put("armReads", 2)
    pretend.world.settings.put("armReadsPerSecond", 1)

    answers = [pretend.get(GROUP) for _ in range(3)]
    pretend.pass_seconds(2)

    left = [each.headers.get("x-ms-ratelimit-remaining-subscription-reads") for each in answers]
    assert (left, answers[2].status_code, answers[2].headers["Retry-After"]) == (["1", "0", None], 429, "1")
    assert pretend.get(GROUP).status_code == 200
    assert pretend.as_(READER).get(GROUP).headers["x-ms-ratelimit-remaining-subscription-reads"] == "1"


def test_version_of_a_type_without_a_region_is_refused_as_its_type(pretend: Pretend) -> None:
    refused = pretend.get(f"{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments?api-version=2024-10-01")

    assert (refused.status_code, get_code(refused)) == (404, "InvalidResourceType")
    assert "2022-04-01" in refused.json()["error"]["message"]


@pytest.mark.parametrize(
    ("path", "version"),
    [
        (f"{ACCOUNT}/deployments", "2021-04-30"),
        (f"{ACCOUNT}/raiPolicies/strict", "2023-05-01"),
        (f"{ACCOUNT}/providers/Microsoft.Authorization/roleDefinitions", "2020-04-01-preview"),
        (f"{ACCOUNT}/providers/Microsoft.Insights/metrics", "2015-04-01"),
    ],
)
def test_version_of_before_a_type_or_of_another_one_is_refused(pretend: Pretend, path: str, version: str) -> None:
    refused = pretend.get(f"{path}?api-version={version}")

    assert get_code(refused) in {"NoRegisteredProviderFound", "InvalidResourceType"}
    assert version not in refused.json()["error"]["message"].partition("The supported")[2]


def test_refused_version_names_the_region(pretend: Pretend) -> None:
    refused = pretend.get(f"{ACCOUNT}/deployments/new?api-version=2024-10-21").json()["error"]["message"]

    assert refused.startswith(
        "No registered resource provider found for location 'swedencentral' and API version '2024-10-21' for type "
        "'accounts/deployments'."
    )


def test_provider_itself_is_asked_with_resource_managers_versions(pretend: Pretend) -> None:
    path = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.CognitiveServices"

    assert pretend.get(f"{path}?api-version=2021-04-01").status_code == 200
    assert get_code(pretend.get(f"{path}?api-version=2026-09-01")) == "InvalidApiVersionParameter"
