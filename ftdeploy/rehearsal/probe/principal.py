"""Who the probe signs in as, by what its own token says."""

from __future__ import annotations

from dataclasses import dataclass

import jwt


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A user or an application."""

    object_id: str
    application: str
    """The application's id; for a user that of the program that signed in."""
    tenant: str
    is_application: bool

    @property
    def type(self) -> str:
        """The word that a role assignment has for it."""
        return "ServicePrincipal" if self.is_application else "User"


def read_principal(token: str) -> Principal:
    """Whom a management token speaks for; nothing is verified, for it is our own."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return Principal(
        object_id=str(claims["oid"]),
        application=str(claims.get("appid") or claims.get("azp") or ""),
        tenant=str(claims["tid"]),
        is_application=claims.get("idtyp") == "app",
    )
