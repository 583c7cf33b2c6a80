"""Access tokens: signed by the emulator's own key, and verified for audience, expiry and who is meant."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, Literal

import jwt

from ftdeploy.rehearsal.azure.clock import Clock
from ftdeploy.rehearsal.azure.signing import SigningKey

LIFETIME_SECONDS = 3599


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who a token speaks for."""

    object_id: str
    client_id: str
    tenant: str
    audience: str = ""


class BadToken(Exception):
    """A token that is refused; `kind` says why, `found` what it said instead."""

    def __init__(self, kind: Literal["malformed", "expired", "audience"], found: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.found = found


class Tokens:
    """Issues and verifies."""

    def __init__(self, key: SigningKey, clock: Clock) -> None:
        self.key = key
        self._clock = clock
        self._read = lru_cache(maxsize=256)(key.read)

    def issue(self, caller: Caller, *, issuer: str) -> str:
        """A token for the caller's audience that lives `LIFETIME_SECONDS`."""
        now = self._clock.now()
        claims = {
            "aud": caller.audience,
            "iss": f"{issuer}/{caller.tenant}/",
            "iat": int(now.timestamp()),
            "nbf": int(now.timestamp()),
            "exp": int((now + timedelta(seconds=LIFETIME_SECONDS)).timestamp()),
            "appid": caller.client_id,
            "idp": f"{issuer}/{caller.tenant}/",
            "idtyp": "app",
            "oid": caller.object_id,
            "sub": caller.object_id,
            "tid": caller.tenant,
            "uti": uuid.uuid4().hex[:22],
            "ver": "1.0",
        }
        return self.key.sign(claims)

    def verify(self, token: str, audiences: Collection[str]) -> Caller:
        """Who the token speaks for.

        Raises:
            BadToken: not signed by us, past its time, or meant for another audience.
        """
        try:
            claims = self._read(token)
        except jwt.InvalidTokenError as error:
            raise BadToken("malformed") from error
        if float(claims["exp"]) <= self._clock.now().timestamp():
            raise BadToken("expired", str(claims["exp"]))
        if strip_audience(str(claims["aud"])) not in audiences:
            raise BadToken("audience", str(claims["aud"]))
        return _read_caller(claims)

    def read_unverified(self, token: str) -> Caller:
        """Who the token says it speaks for; only for an emulator told not to verify.

        Raises:
            BadToken: not a token at all.
        """
        try:
            return _read_caller(jwt.decode(token, options={"verify_signature": False}))
        except (jwt.InvalidTokenError, KeyError) as error:
            raise BadToken("malformed") from error


def strip_audience(audience: str) -> str:
    """Audiences are compared without slashes at the end and in lower case."""
    return audience.rstrip("/").lower()


def _read_caller(claims: dict[str, Any]) -> Caller:
    return Caller(
        object_id=str(claims["oid"]),
        client_id=str(claims["appid"]),
        tenant=str(claims["tid"]).lower(),
        audience=str(claims["aud"]),
    )
