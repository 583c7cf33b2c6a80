"""Sign-in without a secret: certificates, and tokens of issuers that the application trusts."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import jwt
import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    CertificateCredential,
    ClientAssertionCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
)
from azure.identity.aio import CertificateCredential as AsyncCertificateCredential

from tests.rehearsal.azure.assertions import (
    ISSUER,
    SUBJECT,
    TOKEN_ADDRESS,
    build_form,
    build_trusting_scenario,
    make_certificate,
)
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.processes import Emulator, start
from tests.rehearsal.azure.scenarios import PIPELINE, TENANT, WORKLOAD

SCOPE = "https://management.azure.com/.default"


@pytest.fixture
def trusting(tmp_path: Path) -> Iterator[Pretend]:
    """The pipeline has a certificate and a federated credential."""
    opened = open_pretend(tmp_path, build_trusting_scenario())
    yield opened
    opened.world.store.close()


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    running = start(tmp_path_factory.mktemp("azure"), build_trusting_scenario())
    yield running
    running.stop()


def ask_issuer(http: httpx.Client, **query: str) -> str:
    """A token of the pretend issuer."""
    return str(
        http.get("/_rehearsal/oidc/token", params={"issuer": ISSUER, "subject": SUBJECT, **query}).json()["value"]
    )


def sign_in(pretend: Pretend, assertion: str) -> int:
    """0 when it lets in, else Entra's number."""
    answer = pretend.http.post(TOKEN_ADDRESS, data=build_form(assertion))
    return 0 if answer.is_success else int(answer.json()["error_codes"][0])


def test_assertions_are_let_in_or_refused_by_number(trusting: Pretend) -> None:
    certificate, stranger = make_certificate(), make_certificate("stranger")

    assert sign_in(trusting, certificate.sign()) == 0
    assert sign_in(trusting, stranger.sign()) == 700027
    assert sign_in(trusting, certificate.sign(exp=1_700_000_000)) == 700024
    assert sign_in(trusting, certificate.sign(aud="https://login.microsoftonline.com/common/v2.0")) == 700023
    assert sign_in(trusting, certificate.sign(aud=f"https://login.microsoftonline.com/{TENANT}/v2.0")) == 0
    assert sign_in(trusting, "no token") == 50027
    assert sign_in(trusting, ask_issuer(trusting.http)) == 0
    assert sign_in(trusting, ask_issuer(trusting.http, issuer="https://issuer.example")) == 700211
    assert sign_in(trusting, ask_issuer(trusting.http, subject="repo:contoso/other")) == 700213
    assert sign_in(trusting, ask_issuer(trusting.http, audience="api://somebody")) == 700212
    assert sign_in(trusting, certificate.sign(iss=ISSUER, sub=SUBJECT, aud="api://AzureADTokenExchange")) == 50027


def test_assertion_counts_by_the_machines_clock_though_the_pretend_clock_was_moved(trusting: Pretend) -> None:
    trusting.pass_seconds(16 * 86_400)

    assert sign_in(trusting, make_certificate().sign()) == 0


def test_anybody_can_verify_the_tokens(trusting: Pretend) -> None:
    keys = trusting.http.get(f"/{TENANT}/discovery/v2.0/keys").json()["keys"]
    token = trusting.get_token()

    key = next(each for each in keys if each["kid"] == jwt.get_unverified_header(token)["kid"])
    claims = jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"], audience="https://management.azure.com")

    assert claims["appid"] == PIPELINE["clientId"]


def test_tokens_are_verified_as_services_do_it(emulator: Emulator) -> None:
    trust = ssl.create_default_context(cafile=emulator.ca)
    with (
        emulator.open_http() as http,
        ClientAssertionCredential(
            TENANT,
            PIPELINE["clientId"],
            lambda: ask_issuer(http),
            authority=emulator.url,
            disable_instance_discovery=True,
            connection_verify=emulator.ca,
        ) as credential,
    ):
        token = credential.get_token(SCOPE).token
        known = http.get(f"/{TENANT}/.well-known/openid-configuration").json()
    key = jwt.PyJWKClient(known["jwks_uri"], ssl_context=trust).get_signing_key_from_jwt(token)

    claims = jwt.decode(
        token, key, algorithms=["RS256"], audience="https://management.azure.com", issuer=known["issuer"]
    )

    assert (claims["oid"], claims["idtyp"], claims["ver"]) == (PIPELINE["objectId"], "app", "1.0")
    with pytest.raises(jwt.InvalidAudienceError):
        jwt.decode(token, key, algorithms=["RS256"], audience="https://ai.azure.com")


def test_certificate_credential_signs_in(emulator: Emulator) -> None:
    data = {"certificate_data": make_certificate().both, "authority": emulator.url}
    with CertificateCredential(
        TENANT, PIPELINE["clientId"], **data, disable_instance_discovery=True, connection_verify=emulator.ca
    ) as credential:
        assert credential.get_token(SCOPE).token

    async def sign_in_later() -> str:
        async with AsyncCertificateCredential(
            TENANT, PIPELINE["clientId"], **data, disable_instance_discovery=True, connection_verify=emulator.ca
        ) as later:
            return (await later.get_token(SCOPE)).token

    assert asyncio.run(sign_in_later())


def test_federated_credentials_sign_in(emulator: Emulator, tmp_path: Path) -> None:
    with emulator.open_http() as http:
        assertion, wrong = ask_issuer(http), ask_issuer(http, subject="repo:contoso/other")
    file = tmp_path / "token"
    file.write_text(assertion, encoding="utf-8")
    options = {"authority": emulator.url, "disable_instance_discovery": True, "connection_verify": emulator.ca}
    names = {"tenant_id": TENANT, "client_id": PIPELINE["clientId"]}

    with WorkloadIdentityCredential(**names, token_file_path=str(file), **options) as workload:
        assert workload.get_token(SCOPE).token
    with ClientAssertionCredential(**names, func=lambda: assertion, **options) as client:
        assert client.get_token(SCOPE).token
    with (
        ClientAssertionCredential(**names, func=lambda: wrong, **options) as client,
        pytest.raises(ClientAuthenticationError, match="AADSTS700213"),
    ):
        client.get_token(SCOPE)


def test_machines_identity_is_found(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", emulator.url)

    with ManagedIdentityCredential(connection_verify=emulator.ca) as credential:
        token = credential.get_token(SCOPE).token

    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["appid"] == WORKLOAD["clientId"]


def test_machines_identity_insists_on_its_header(emulator: Emulator) -> None:
    with emulator.open_http() as http:
        refused = http.get("/metadata/identity/oauth2/token?resource=https://management.azure.com/")

    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")
