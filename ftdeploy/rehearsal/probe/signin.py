"""Probes of signing in, and of what becomes of tokens that are wrong; none of them costs anything."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import NameOID

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.places import find_graph, find_sign_in
from ftdeploy.rehearsal.probe.plane import open_plane
from ftdeploy.rehearsal.probe.principal import Principal, read_principal
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, expect
from ftdeploy.rehearsal.probe.wire import MANAGEMENT_SCOPE, MODELS_SCOPE, Exchange

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_GRAPH_SCOPE = "https://graph.microsoft.com/.default"
_WRONG_SECRET, _UNKNOWN_CERTIFICATE, _EXPIRED_ASSERTION = 7000215, 700027, 700024
_UNTRUSTED_ISSUERS = (70021, 700211, 700212, 700213)
_Signer = tuple[RSAPrivateKey, x509.Certificate]


def _sign_in(lab: Lab, principal: Principal, shown: dict[str, str]) -> Exchange:
    """Ask for a management token as the probing application, with other credentials than its own."""
    address = f"{find_sign_in(lab.wire.base)}/{principal.tenant}/oauth2/v2.0/token"
    form = {"grant_type": "client_credentials", "client_id": principal.application, "scope": MANAGEMENT_SCOPE}
    return lab.wire.send("POST", address, form={**form, **shown})


def _assert(lab: Lab, signer: _Signer, **claims: Any) -> Exchange:  # noqa: ANN401 JSON
    key, certificate = signer
    principal = read_principal(lab.wire.get_token())
    now = datetime.now(UTC)
    own = {"iss": principal.application, "sub": principal.application, "nbf": now, "exp": now + timedelta(minutes=10)}
    own["aud"] = f"{find_sign_in(lab.wire.base)}/{principal.tenant}/oauth2/v2.0/token"
    digest = base64.urlsafe_b64encode(certificate.fingerprint(hashes.SHA256())).decode().rstrip("=")
    assertion = jwt.encode({**own, **claims}, key, algorithm="RS256", headers={"x5t#S256": digest})
    return _sign_in(lab, principal, {"client_assertion_type": _ASSERTION, "client_assertion": assertion})


def _make_signer() -> _Signer:
    """A key and a certificate that nobody registered."""
    key = generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ftprobe")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return key, dated.sign(key, hashes.SHA256())


def _read_signer(file: str) -> _Signer:
    """The application's own, from a PEM file without a password."""
    content = Path(file).read_bytes()
    key = serialization.load_pem_private_key(content, password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"the key in {file} is no RSA key")
    return key, x509.load_pem_x509_certificate(content)


def _judge(answer: Exchange, *numbers: int) -> Verdict:
    """401 with one of Entra's error numbers."""
    found = (answer.body or {}).get("error_codes") or ()
    is_meant = expect(answer, 401).agrees and any(each in numbers for each in found)
    return Verdict(agrees=is_meant, seen=f"{answer.status} {found}")


def _ask_secret(lab: Lab) -> Verdict:
    wrong = {"client_secret": "not-the-secret-of-this-application"}
    return _judge(_sign_in(lab, read_principal(lab.wire.get_token()), wrong), _WRONG_SECRET)


def _ask_certificate(lab: Lab) -> Verdict:
    return _judge(_assert(lab, _make_signer()), _UNKNOWN_CERTIFICATE)


def _ask_issuer(lab: Lab) -> Verdict:
    claims = {"iss": "https://issuer.example", "sub": "ftprobe", "aud": "api://AzureADTokenExchange"}
    return _judge(_assert(lab, _make_signer(), **claims), *_UNTRUSTED_ISSUERS)


def _ask_late(lab: Lab) -> Verdict:
    then = datetime.now(UTC) - timedelta(hours=2)
    return _judge(
        _assert(lab, _read_signer(lab.certificate), nbf=then - timedelta(minutes=10), exp=then), _EXPIRED_ASSERTION
    )


def _ask_token(lab: Lab) -> Verdict:
    """Tokens that are none, forged, for something else, or missing, at Resource Manager and at a model endpoint."""
    good = lab.wire.get_token()
    forged = _forge(good)
    shown = {"forged": forged, "garbage": "garbage", "for models": lab.wire.get_token(MODELS_SCOPE)}
    seen = {name: lab.wire.ask("GET", lab.account, token=token).code for name, token in shown.items()}
    address = f"{lab.wire.base}{lab.account}?api-version=2025-06-01"
    seen["none"] = lab.wire.send("GET", address).code
    plane = open_plane(lab)
    for name, token in (("forged", _forge(lab.wire.get_token(MODELS_SCOPE))), ("for management", good)):
        body = {"model": "none", "messages": [{"role": "user", "content": "Say yes."}]}
        answer = plane.ask("POST", "/chat/completions", body, headers={"Authorization": f"Bearer {token}"})
        seen[f"models, {name}"] = str(answer.status)
    wrong, audience = "InvalidAuthenticationToken", "InvalidAuthenticationTokenAudience"
    claimed = {"forged": wrong, "garbage": wrong, "for models": audience, "none": "AuthenticationFailed"}
    return compare(seen, {**claimed, "models, forged": "401", "models, for management": "401"})


def _forge(token: str) -> str:
    """The same token with another signature."""
    head, claims, signature = token.split(".")
    return f"{head}.{claims}.{'B' if signature.startswith('A') else 'A'}{signature[1:]}"


def _ask_tenant(lab: Lab) -> Verdict:
    token = lab.wire.get_token(tenant=lab.tenant)
    return expect(lab.wire.ask("GET", lab.account, token=token), 401, "InvalidAuthenticationTokenTenant")


def _ask_challenge(lab: Lab) -> Verdict:
    answer = lab.wire.send("GET", f"{lab.wire.base}/subscriptions/{lab.subscription}?api-version=2022-12-01")
    tenant = read_principal(lab.wire.get_token()).tenant
    challenge = answer.headers.get("www-authenticate", "")
    told = f'/{tenant}", error="invalid_token"' in challenge
    return Verdict(agrees=answer.status == httpx.codes.UNAUTHORIZED and told, seen=f"{answer.status} {challenge}")


def _ask_auxiliary(lab: Lab) -> Verdict:
    bad = {"x-ms-authorization-auxiliary": "Bearer garbage"}
    return expect(lab.wire.ask("GET", lab.account, headers=bad), 200)


def _ask_directory(lab: Lab) -> Verdict:
    own = read_principal(lab.wire.get_token()).object_id
    headers = {"Authorization": f"Bearer {lab.wire.get_token(_GRAPH_SCOPE)}"}
    body = {"ids": [own], "types": ["user", "servicePrincipal"]}
    address = f"{find_graph(lab.wire.base)}/v1.0/directoryObjects/getByIds"
    answer = lab.wire.send("POST", address, body, headers=headers)
    found = [each["id"] for each in (answer.body or {}).get("value") or ()]
    return Verdict(agrees=found == [own], seen=f"{answer.status} {answer.code}, {len(found)} found")


PROBES = (
    Probe(behaviour="assertions-end", ask=_ask_late, needs=("application", "certificate")),
    Probe(behaviour="bad-auxiliary-tokens-ignored", ask=_ask_auxiliary),
    Probe(behaviour="certificates-are-checked", ask=_ask_certificate, needs=("application",)),
    Probe(behaviour="challenges-name-the-tenant", ask=_ask_challenge),
    Probe(behaviour="directory-can-be-read", ask=_ask_directory),
    Probe(behaviour="federated-credentials-are-checked", ask=_ask_issuer, needs=("application",)),
    Probe(behaviour="secrets-are-checked", ask=_ask_secret, needs=("application",)),
    Probe(behaviour="token-of-the-subscriptions-tenant", ask=_ask_tenant, needs=("tenant",)),
    Probe(behaviour="tokens-verified", ask=_ask_token),
)
