"""Certificates of test applications, and what they sign."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import NameOID

from tests.rehearsal.azure.scenarios import PIPELINE, TENANT, build_scenario

ISSUER = "https://token.actions.githubusercontent.com"
SUBJECT = "repo:contoso/models:ref:refs/heads/main"
KIND = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A key with a certificate of its own."""

    key: RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        """The certificate alone."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def both(self) -> bytes:
        """Key and certificate, as azure-identity reads them."""
        form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, form, plain) + self.pem.encode()

    def sign(self, **claims: Any) -> str:
        """A client assertion of the pipeline's."""
        now = int(time.time())
        usual: dict[str, Any] = {"iss": PIPELINE["clientId"], "sub": PIPELINE["clientId"], "nbf": now, "exp": now + 600}
        usual["aud"] = f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
        digest = self.certificate.fingerprint(hashes.SHA256())
        header = {"x5t#S256": base64.urlsafe_b64encode(digest).decode().rstrip("=")}
        return jwt.encode({**usual, **claims}, self.key, algorithm="RS256", headers=header)


@cache
def make_certificate(name: str = "pipeline") -> Certificate:
    """A certificate; the same for the same name."""
    key = generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    dated = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return Certificate(key, dated.sign(key, hashes.SHA256()))


def build_trusting_scenario() -> dict[str, Any]:
    """The usual one, whose pipeline also has a certificate and a federated credential."""
    scenario = build_scenario()
    pipeline = next(each for each in scenario["principals"] if each["clientId"] == PIPELINE["clientId"])
    pipeline["certificate"] = make_certificate().pem
    pipeline["federatedCredentials"] = [{"issuer": ISSUER, "subject": SUBJECT}]
    return scenario


def build_form(assertion: str) -> dict[str, str]:
    """What a client sends to the token endpoint."""
    return {
        "grant_type": "client_credentials",
        "client_id": PIPELINE["clientId"],
        "client_assertion_type": KIND,
        "client_assertion": assertion,
        "scope": "https://management.azure.com/.default",
    }


TOKEN_ADDRESS = f"/{TENANT}/oauth2/v2.0/token"
