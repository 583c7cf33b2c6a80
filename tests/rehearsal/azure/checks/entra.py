"""Checks of entra's behaviours."""

from __future__ import annotations

from collections.abc import Callable

from tests.rehearsal.azure.assertions import TOKEN_ADDRESS, build_form, make_certificate
from tests.rehearsal.azure.pretend import Pretend
from tests.rehearsal.azure.scenarios import PIPELINE, SECRET, TENANT


def check_secret(pretend: Pretend) -> None:
    form = {"grant_type": "client_credentials", "client_id": PIPELINE["clientId"], "client_secret": f"not {SECRET}"}
    response = pretend.http.post(
        f"/{TENANT}/oauth2/v2.0/token", data={**form, "scope": "https://management.azure.com/.default"}
    )
    assert response.status_code == 401


def check_certificate(pretend: Pretend) -> None:
    response = pretend.http.post(TOKEN_ADDRESS, data=build_form(make_certificate().sign()))
    assert response.status_code == 401


def check_federated(pretend: Pretend) -> None:
    assertion = make_certificate().sign(iss="https://issuer.example", sub="anybody")
    response = pretend.http.post(TOKEN_ADDRESS, data=build_form(assertion))
    assert response.status_code == 401


def check_assertion_ends(pretend: Pretend) -> None:
    pretend.world.store.write("UPDATE principals SET certificate = ?", make_certificate().pem)
    response = pretend.http.post(TOKEN_ADDRESS, data=build_form(make_certificate().sign(exp=1_700_000_000)))
    assert response.status_code == 401


def check_directory(pretend: Pretend) -> None:
    headers = {"Authorization": f"Bearer {pretend.get_token('https://graph.microsoft.com')}"}
    found = pretend.http.get(f"/v1.0/servicePrincipals?$filter=appId eq '{PIPELINE['clientId']}'", headers=headers)
    assert found.status_code == 200
    assert [each["id"] for each in found.json()["value"]] == [PIPELINE["objectId"]]


def check_app_service(pretend: Pretend) -> None:
    query = {"resource": "https://management.azure.com", "api-version": "2019-08-01"}
    headers = {"X-IDENTITY-HEADER": "only-the-workload-knows"}
    assert pretend.http.get("/identity/token", params=query, headers=headers).status_code == 200
    assert pretend.http.get("/identity/token", params=query).status_code == 401


def check_machine(pretend: Pretend) -> None:
    query = {"resource": "https://management.azure.com", "api-version": "2018-02-01"}
    place = "/metadata/identity/oauth2/token"
    assert pretend.http.get(place, params=query, headers={"Metadata": "true"}).status_code == 200
    assert pretend.http.get(place, params=query).status_code == 400


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "assertions-end": check_assertion_ends,
    "certificates-are-checked": check_certificate,
    "directory-can-be-read": check_directory,
    "federated-credentials-are-checked": check_federated,
    "managed-identity-as-on-app-service": check_app_service,
    "managed-identity-as-on-machines": check_machine,
    "secrets-are-checked": check_secret,
}
