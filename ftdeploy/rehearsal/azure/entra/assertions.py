"""Client assertions: tokens that show who an application is, signed with its certificate or by an issuer it trusts.

The emulator trusts tokens of its own issuer only, whatever their `iss` says: it reaches nobody else's keys.
"""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.entra import errors
from ftdeploy.rehearsal.azure.entra.models import Principal

KIND = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
USUAL_AUDIENCE = "api://AzureADTokenExchange"
_LEEWAY_SECONDS = 300
_ALGORITHMS = ("RS256", "PS256")
_UNCHECKED = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}


def check_assertion(call: Call, principal: Principal, assertion: str) -> None:
    """Let an application in by its assertion.

    Raises:
        EntraError: 401; not a token, of another key, of nobody it trusts, or not of now.
    """
    try:
        header = jwt.get_unverified_header(assertion)
        claims = jwt.decode(assertion, options={"verify_signature": False})
    except jwt.InvalidTokenError as error:
        raise errors.bad_assertion(principal.client_id) from error
    if claims.get("iss") == principal.client_id:
        if call.leans_on("certificates-are-checked"):
            _check_certificate(principal, assertion, header)
            _check_realm(principal, claims)
    elif call.leans_on("federated-credentials-are-checked"):
        _check_federated(call, principal, assertion, claims)
    now = call.world.clock.machine_now().timestamp()
    if float(claims.get("exp", 0)) + _LEEWAY_SECONDS < now and call.leans_on("assertions-end"):
        raise errors.assertion_expired(call.world.clock.machine_now())


def _check_certificate(principal: Principal, assertion: str, header: dict[str, Any]) -> None:
    named = [str(header.get(each, "")).rstrip("=") for each in ("x5t", "x5t#S256")]
    if not principal.certificate:
        raise errors.certificate_unknown(named[0] or named[1])
    certificate = x509.load_pem_x509_certificate(principal.certificate.encode())
    known = {_digest(certificate, hashes.SHA1()), _digest(certificate, hashes.SHA256())}  # noqa: S303 Entra's x5t
    if not known.intersection(named):
        raise errors.certificate_unknown(named[0] or named[1])
    try:
        jwt.decode(assertion, certificate.public_key(), algorithms=_ALGORITHMS, options=_UNCHECKED)  # type: ignore[arg-type]
    except jwt.InvalidTokenError as error:
        raise errors.bad_assertion(principal.client_id) from error


def _check_realm(principal: Principal, claims: dict[str, Any]) -> None:
    """The audience is an address of the tenant's: `https://<authority>/<tenant>/oauth2/v2.0/token`, or shorter."""
    realm = urlsplit(str(claims.get("aud", ""))).path.strip("/").partition("/")[0]
    if realm.lower() != principal.tenant.lower():
        raise errors.assertion_for_another_realm()


def _check_federated(call: Call, principal: Principal, assertion: str, claims: dict[str, Any]) -> None:
    trusted = [each for each in principal.federated if each["issuer"] == claims.get("iss")]
    if not trusted:
        raise errors.issuer_not_trusted(str(claims.get("iss")))
    named = [each for each in trusted if each["subject"] == claims.get("sub")]
    if not named:
        raise errors.subject_not_trusted(str(claims.get("sub")))
    if claims.get("aud") not in [each.get("audience", USUAL_AUDIENCE) for each in named]:
        raise errors.audience_not_trusted(str(claims.get("aud")))
    try:
        call.world.tokens.key.read(assertion)
    except jwt.InvalidTokenError as error:
        raise errors.bad_assertion(principal.client_id) from error


def _digest(certificate: x509.Certificate, kind: hashes.HashAlgorithm) -> str:
    return base64.urlsafe_b64encode(certificate.fingerprint(kind)).decode().rstrip("=")
