"""Microsoft Graph, as far as clients ask it around role assignments."""

from __future__ import annotations

import httpx
import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import OTHER_TENANT, PIPELINE, READER, WORKLOAD

GRAPH = "https://graph.microsoft.com"


def ask(pretend: Pretend, method: str, path: str, body: object = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {pretend.get_token(GRAPH)}"}
    return pretend.http.request(method, f"/v1.0/{path}", json=body, headers=headers)


def test_ids_are_named_as_far_as_the_tenant_knows_them(pretend: Pretend) -> None:
    ids = [READER["objectId"], WORKLOAD["objectId"], "99999999-0000-4000-8000-000000000009"]

    found = ask(pretend, "POST", "directoryObjects/getByIds", {"ids": ids}).json()["value"]
    abroad = ask(pretend.in_(OTHER_TENANT), "POST", "directoryObjects/getByIds", {"ids": ids}).json()["value"]

    assert [(each["displayName"], each["servicePrincipalType"]) for each in found] == [
        ("reader", "Application"),
        ("workload", "ManagedIdentity"),
    ]
    assert abroad == []


@pytest.mark.parametrize(
    "wanted",
    [
        f"appId eq '{PIPELINE['clientId']}'",
        f"servicePrincipalNames/any(c:c eq '{PIPELINE['clientId']}')",
        f"id eq '{PIPELINE['objectId']}'",
        "displayName eq 'pipeline'",
    ],
)
def test_application_is_found(pretend: Pretend, wanted: str) -> None:
    found = ask(pretend, "GET", f"servicePrincipals?$filter={wanted}").json()["value"]

    assert [each["id"] for each in found] == [PIPELINE["objectId"]]


def test_other_filters_and_paths_are_refused_by_name(pretend: Pretend) -> None:
    assert get_code(ask(pretend, "GET", "servicePrincipals?$filter=startswith(displayName,'p')")) == "NotEmulated"
    assert get_code(ask(pretend, "GET", "users")) == "NotEmulated"


def test_token_is_needed(pretend: Pretend) -> None:
    response = pretend.http.get("/v1.0/servicePrincipals", headers={"Authorization": "Bearer no.token.here"})

    assert (response.status_code, get_code(response)) == (401, "InvalidAuthenticationToken")
