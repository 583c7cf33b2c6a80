"""Signing in: secrets, tenants, audiences, expiry, and the managed identity endpoint."""

from __future__ import annotations

import jwt
import pytest

from tests.rehearsal.azure.pretend import MANAGEMENT, MODELS, Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, OTHER_TENANT, PIPELINE, READER, SECRET, TENANT, WORKLOAD

FORM = {
    "grant_type": "client_credentials",
    "client_id": PIPELINE["clientId"],
    "client_secret": SECRET,
    "scope": "https://management.azure.com/.default",
}
IDENTITY = {"X-IDENTITY-HEADER": "only-the-workload-knows"}


@pytest.mark.parametrize(
    ("tenant", "changed", "expected"),
    [
        (TENANT, {"client_secret": "wrong"}, (401, "invalid_client", 7000215)),
        (TENANT, {"client_secret": ""}, (401, "invalid_client", 7000216)),
        ("99999999-0000-4000-8000-000000000001", {}, (400, "invalid_request", 90002)),
        (OTHER_TENANT, {"client_id": READER["clientId"]}, (400, "unauthorized_client", 700016)),
        (TENANT, {"scope": "https://nothing.example/.default"}, (400, "invalid_resource", 500011)),
        (TENANT, {"grant_type": "password"}, (400, "unsupported_grant_type", 70003)),
    ],
    ids=["wrong-secret", "no-secret", "tenant", "application", "resource", "grant"],
)
def test_bad_sign_in_is_refused_by_number(
    pretend: Pretend, tenant: str, changed: dict[str, str], expected: tuple[int, str, int]
) -> None:
    response = pretend.http.post(f"/{tenant}/oauth2/v2.0/token", data={**FORM, **changed})

    body = response.json()
    assert (response.status_code, body["error"], *body["error_codes"]) == expected
    assert body["error_description"].startswith(f"AADSTS{expected[-1]}: ")
    assert SECRET not in response.text


def test_secret_may_come_as_basic_authorization(pretend: Pretend) -> None:
    form = {"grant_type": FORM["grant_type"], "scope": FORM["scope"]}

    response = pretend.http.post(f"/{TENANT}/oauth2/v2.0/token", data=form, auth=(PIPELINE["clientId"], SECRET))

    assert response.status_code == 200


def test_token_says_who_where_and_for_what(pretend: Pretend) -> None:
    token = pretend.in_(OTHER_TENANT).get_token(MODELS)

    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["oid"], claims["appid"]) == (PIPELINE["objectId"], PIPELINE["clientId"])
    assert (claims["tid"], claims["aud"]) == (OTHER_TENANT, MODELS)


@pytest.mark.parametrize(
    "scope",
    [
        "https://management.core.windows.net//.default openid offline_access profile",
        "openid https://management.azure.com/.default profile offline_access",
    ],
    ids=["go", "java"],
)
def test_scope_as_other_languages_write_it_is_understood(pretend: Pretend, scope: str) -> None:
    token = pretend.http.post(f"/{TENANT.upper()}/oauth2/v2.0/token", data={**FORM, "scope": scope}).json()[
        "access_token"
    ]

    assert pretend.ask("GET", ACCOUNT, Authorization=f"Bearer {token}").status_code == 200


def test_token_past_its_time_is_refused(pretend: Pretend) -> None:
    pretend.get_token()
    pretend.pass_seconds(3600)

    response = pretend.get(ACCOUNT)

    assert (response.status_code, get_code(response)) == (401, "ExpiredAuthenticationToken")


def test_token_for_models_is_refused_by_management_and_the_other_way_round(pretend: Pretend) -> None:
    pretend.deploy()

    managing = pretend.ask("GET", ACCOUNT, Authorization=f"Bearer {pretend.get_token(MODELS)}")
    asking = pretend.chat(Authorization=f"Bearer {pretend.get_token(MANAGEMENT)}")

    assert get_code(managing) == "InvalidAuthenticationTokenAudience"
    assert asking.status_code == 401


def test_request_without_token_is_refused(pretend: Pretend) -> None:
    response = pretend.http.get(f"{ACCOUNT}?api-version=2025-06-01")

    assert (response.status_code, get_code(response)) == (401, "AuthenticationFailed")


def test_workload_gets_a_token_for_its_header(pretend: Pretend) -> None:
    query = {"resource": "https://ai.azure.com", "api-version": "2019-08-01"}

    body = pretend.http.get("/identity/token", params=query, headers=IDENTITY).json()

    assert body["client_id"] == WORKLOAD["clientId"]
    assert jwt.decode(body["access_token"], options={"verify_signature": False})["oid"] == WORKLOAD["objectId"]


@pytest.mark.parametrize("headers", [{}, {"X-IDENTITY-HEADER": "guessed"}], ids=["missing", "wrong"])
def test_workload_without_its_header_gets_nothing(pretend: Pretend, headers: dict[str, str]) -> None:
    response = pretend.http.get("/identity/token", params={"resource": MODELS}, headers=headers)

    assert response.status_code == 401


def test_metadata_names_this_emulator_everywhere(pretend: Pretend) -> None:
    body = pretend.http.get("/metadata/endpoints?api-version=2022-09-01").json()

    assert body["resourceManager"] == body["authentication"]["loginEndpoint"] == "https://127.0.0.1:20443"
    assert body["authentication"]["audiences"]


def test_discovery_has_the_authoritys_host(pretend: Pretend) -> None:
    body = pretend.http.get(f"/{TENANT}/v2.0/.well-known/openid-configuration?").json()

    assert body["issuer"] == f"https://127.0.0.1:20443/{TENANT}/v2.0"
    assert body["token_endpoint"] == f"https://127.0.0.1:20443/{TENANT}/oauth2/v2.0/token"
