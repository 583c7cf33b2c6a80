"""Checks of resourcemanager's behaviours."""

from __future__ import annotations

from collections.abc import Callable

import jwt

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP, OTHER_TENANT, PIPELINE, READER, SUBSCRIPTION, TENANT


def check_api_version(pretend: Pretend) -> None:
    response = pretend.http.get(ACCOUNT)
    assert (response.status_code, get_code(response)) == (400, "MissingApiVersionParameter")


def check_group_on_its_way_out(pretend: Pretend) -> None:
    pretend.world.operations.seconds = 60
    pretend.delete(GROUP)
    response = pretend.put(GROUP, {"location": "swedencentral"})
    assert (response.status_code, get_code(response)) == (409, "ResourceGroupBeingDeleted")


def check_locations(pretend: Pretend) -> None:
    group = pretend.put(f"{GROUP}-new", {"location": "swedencentrall"})
    account = pretend.put(f"{ACCOUNT}-new", {"location": "swedencentrall"})
    codes = ["LocationNotAvailableForResourceGroup", "LocationNotAvailableForResourceType"]
    assert [get_code(each) for each in (group, account)] == codes


def check_management_role(pretend: Pretend) -> None:
    response = pretend.as_(READER).deploy()
    assert (response.status_code, get_code(response)) == (403, "AuthorizationFailed")


def check_parents(pretend: Pretend) -> None:
    response = pretend.put(
        ACCOUNT.replace("rg-dev", "rg-gone").replace("contoso-dev", "new"), {"location": "swedencentral"}
    )
    assert get_code(response) == "ResourceGroupNotFound"


def check_tenant_of_token(pretend: Pretend) -> None:
    response = pretend.in_(OTHER_TENANT).get(ACCOUNT)
    assert (response.status_code, get_code(response)) == (401, "InvalidAuthenticationTokenTenant")


def check_token(pretend: Pretend) -> None:
    claims = {
        "oid": PIPELINE["objectId"],
        "appid": PIPELINE["clientId"],
        "tid": TENANT,
        "aud": "https://management.azure.com",
    }
    forged = jwt.encode({**claims, "exp": 4_000_000_000}, "not the emulator's key, and long enough", algorithm="HS256")
    response = pretend.ask("GET", ACCOUNT, Authorization=f"Bearer {forged}")
    assert (response.status_code, get_code(response)) == (401, "InvalidAuthenticationToken")


def check_challenge(pretend: Pretend) -> None:
    response = pretend.http.get(f"/subscriptions/{SUBSCRIPTION}?api-version=2022-12-01")
    assert response.status_code == 401
    assert f'/{TENANT}", error="invalid_token"' in response.headers["WWW-Authenticate"]


def check_pages(pretend: Pretend) -> None:
    pretend.world.settings.put("pageSize", 1)
    found = pretend.get(f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.CognitiveServices/accounts").json()
    assert "nextLink" in found


def check_known_version(pretend: Pretend) -> None:
    refused = pretend.get(f"{ACCOUNT}?api-version=2024-10-21")
    assert (refused.status_code, get_code(refused)) == (400, "NoRegisteredProviderFound")


def check_throttling(pretend: Pretend) -> None:
    pretend.world.settings.put("armReads", 1)
    pretend.get(GROUP)
    assert get_code(pretend.get(GROUP)) == "SubscriptionRequestsThrottled"


def check_resource_filter(pretend: Pretend) -> None:
    found = pretend.get(f"/subscriptions/{SUBSCRIPTION}/resources?$filter=name eq 'contoso-idle'").json()["value"]
    assert [each["name"] for each in found] == ["contoso-idle"]


def check_bad_auxiliary_token(pretend: Pretend) -> None:
    answer = pretend.ask("GET", ACCOUNT, **{"x-ms-authorization-auxiliary": "Bearer nonsense"})
    assert answer.status_code == 200


def check_deleting_nothing(pretend: Pretend) -> None:
    assert pretend.delete(f"{ACCOUNT}/deployments/nobody").status_code == 204


def check_group_with_contents(pretend: Pretend) -> None:
    assert pretend.delete(GROUP).status_code == 202
    assert pretend.get(ACCOUNT).status_code == 404


def check_registered(pretend: Pretend) -> None:
    found = pretend.get(f"/subscriptions/{SUBSCRIPTION}/providers")
    assert found.status_code == 200
    assert {each["registrationState"] for each in found.json()["value"]} == {"Registered"}


def check_unknown_type(pretend: Pretend) -> None:
    place = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/inner"
    body = {"location": "swedencentral", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}
    assert pretend.put(place, body).status_code == 201
    assert pretend.get(place).json()["properties"]["addressSpace"] == body["properties"]["addressSpace"]


def check_head(pretend: Pretend) -> None:
    found = [pretend.ask("HEAD", each).status_code for each in (ACCOUNT, f"{ACCOUNT}-none", GROUP)]
    assert found == [405, 404, 204]


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "api-version-required": check_api_version,
    "api-versions-are-known": check_known_version,
    "bad-auxiliary-tokens-ignored": check_bad_auxiliary_token,
    "challenges-name-the-tenant": check_challenge,
    "deleting-nothing-is-204": check_deleting_nothing,
    "groups-being-deleted-take-nothing": check_group_on_its_way_out,
    "groups-take-their-contents": check_group_with_contents,
    "locations-are-known": check_locations,
    "long-lists-come-in-pages": check_pages,
    "management-calls-are-throttled": check_throttling,
    "management-calls-need-a-role": check_management_role,
    "parents-must-exist": check_parents,
    "providers-are-registered": check_registered,
    "resources-are-filtered": check_resource_filter,
    "resources-take-no-head": check_head,
    "token-of-the-subscriptions-tenant": check_tenant_of_token,
    "tokens-verified": check_token,
    "unknown-types-kept-as-sent": check_unknown_type,
}
