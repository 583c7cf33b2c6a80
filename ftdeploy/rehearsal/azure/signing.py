"""The emulator's signing key: made once, kept with the state, published as Entra publishes its keys."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from functools import cached_property
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from ftdeploy.rehearsal.azure.store import Store

ALGORITHM = "RS256"
KEPT_AS = "signingKey"
"""The setting that holds the key, PEM."""
# The emulator's clock decides, not PyJWT's; audiences are compared by whoever reads the claims.
_UNCHECKED = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}


class SigningKey:
    """Signs, verifies, and tells its public half."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def prepare(self) -> None:
        """Make the key before anybody asks for a token: that takes a fifth of a second, and others are served."""
        if self._store.find_setting(KEPT_AS) is None:
            self._keep(await asyncio.to_thread(make_key))

    def sign(self, claims: dict[str, Any]) -> str:
        """A token of these claims."""
        return jwt.encode(claims, self._private, algorithm=ALGORITHM, headers={"kid": self.id, "x5t": self.id})

    def read(self, token: str) -> dict[str, Any]:
        """The claims of a token that this key signed; their times and audience are not looked at.

        Raises:
            jwt.InvalidTokenError: no token, or signed by another key.
        """
        found: dict[str, Any] = jwt.decode(token, self._public, algorithms=[ALGORITHM], options=_UNCHECKED)  # type: ignore[arg-type]
        return found

    def render_public(self) -> dict[str, Any]:
        """The public half, as a JSON web key."""
        key = RSAAlgorithm.to_jwk(self._public, as_dict=True)
        return {**key, "use": "sig", "kid": self.id, "x5t": self.id, "alg": ALGORITHM}

    @cached_property
    def id(self) -> str:
        """What tokens name it by: a digest of its public half."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        content = self._public.public_bytes(serialization.Encoding.DER, form)
        return base64.urlsafe_b64encode(hashlib.sha256(content).digest()[:20]).decode().rstrip("=")

    @cached_property
    def _public(self) -> Any:  # noqa: ANN401 a public key
        return self._private.public_key()

    @cached_property
    def _private(self) -> RSAPrivateKey:
        text = self._store.find_setting(KEPT_AS) or self._keep(make_key())
        # Checking the key would take 0.04 s of every start, and it is our own.
        found = serialization.load_pem_private_key(text.encode(), password=None, unsafe_skip_rsa_key_validation=True)
        assert isinstance(found, RSAPrivateKey)  # noqa: S101 we made it
        return found

    def _keep(self, text: str) -> str:
        """Keep a key unless one was made meanwhile; gives the one that is kept."""
        kept = self._store.find_setting(KEPT_AS)
        if kept is None:
            self._store.keep_setting(KEPT_AS, text)
        return kept or text


def make_key() -> str:
    """A new private key, PEM."""
    made = generate_private_key(public_exponent=65537, key_size=2048)
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return made.private_bytes(serialization.Encoding.PEM, form, plain).decode()
