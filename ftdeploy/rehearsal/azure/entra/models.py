"""Who exists in which tenant, and for what they can get tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ftdeploy.rehearsal.azure.store import Store
from ftdeploy.rehearsal.azure.tokens import strip_audience

# What tokens can be asked for; each answered as the token's audience.
AUDIENCES = (
    "https://management.azure.com",
    "https://management.core.windows.net",
    "https://cognitiveservices.azure.com",
    "https://ai.azure.com",
    "https://graph.microsoft.com",
    "https://metrics.monitor.azure.com",
)

_OPENID = frozenset({"openid", "profile", "email", "offline_access"})
"""What clients ask for beside a scope, in any place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """An application in a tenant, or a managed identity."""

    object_id: str
    client_id: str
    tenant: str
    secret: str = ""
    certificate: str = ""
    """PEM; empty for none."""
    federated: tuple[dict[str, str], ...] = ()
    """Whose tokens count as the application's: `{"issuer", "subject", "audience"}`."""

    def __repr__(self) -> str:
        return f"Principal(client_id={self.client_id!r}, tenant={self.tenant!r}, secret=***)"


def find_tenant(store: Store, text: str) -> str | None:
    """The tenant that an id or a name means, in any letter case; Go's clients send it in lower case."""
    row = store.find_row("SELECT id FROM tenants WHERE id = ? OR lower(name) = ?", text.lower(), text.lower())
    return None if row is None else str(row["id"])


def find_application(store: Store, client_id: str, tenant: str) -> Principal | None:
    """An application in a tenant: registered there, or admitted there."""
    row = store.find_row("SELECT * FROM principals WHERE client_id = ? AND tenant = ?", client_id.lower(), tenant)
    return None if row is None else _build(dict(row))


def find_identity(store: Store, client_id: str = "") -> Principal | None:
    """The managed identity of this machine: the one named, or the first."""
    row = store.find_row(
        "SELECT * FROM principals WHERE is_identity = 1 AND (? = '' OR client_id = ?) ORDER BY rowid",
        client_id.lower(),
        client_id.lower(),
    )
    return None if row is None else _build(dict(row))


def keep_principal(store: Store, principal: Principal, *, name: str, is_identity: bool = False) -> None:
    """Let a principal be known to its tenant; `is_identity` lets the machine sign in as it."""
    store.write(
        "INSERT OR REPLACE INTO principals VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        principal.client_id.lower(),
        principal.tenant,
        principal.object_id,
        name,
        principal.secret,
        is_identity,
        principal.certificate,
        json.dumps(principal.federated),
    )


def forget_principal(store: Store, client_id: str) -> None:
    """Let a principal be known nowhere."""
    store.write("DELETE FROM principals WHERE client_id = ?", client_id.lower())


def find_audience(scope: str, *, own: str) -> str | None:
    """The audience that a scope or resource means: `openid https://ai.azure.com/.default` means https://ai.azure.com.

    `own` is the emulator's address: clients that take Resource Manager's address for its audience ask for that.
    """
    first = next((each for each in scope.split() if each not in _OPENID), "")
    wanted = strip_audience(first.removesuffix("/.default"))
    if wanted == strip_audience(own):
        return AUDIENCES[0]
    return next((each for each in AUDIENCES if each == wanted), None)


def _build(row: dict[str, str]) -> Principal:
    names = ("object_id", "client_id", "tenant", "secret", "certificate")
    return Principal(**{name: row[name] for name in names}, federated=tuple(json.loads(row["federated"])))
