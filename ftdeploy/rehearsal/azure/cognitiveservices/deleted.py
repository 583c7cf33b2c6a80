"""Deleted accounts: kept for 48 hours with all that was in them, restored, purged, or gone when their time is over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row

from ftdeploy.rehearsal.azure.agenda import Agenda
from ftdeploy.rehearsal.azure.behaviours import Switches
from ftdeploy.rehearsal.azure.clock import Clock, parse_time, render_time
from ftdeploy.rehearsal.azure.cognitiveservices.types import ACCOUNT_TYPE
from ftdeploy.rehearsal.azure.resources import Resource, Resources
from ftdeploy.rehearsal.azure.settings import Settings
from ftdeploy.rehearsal.azure.store import Store

PURGE = "deleted-account-expires"
"""The kind of agenda entry that purges an account whose time is over; its subject is the account's id."""
DELETED_TYPE = "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts"
KEPT = "accounts-are-kept-when-deleted"
HELD = (
    "fine_tuned_models",
    "files",
    "uploads",
    "upload_parts",
    "fine_tuning_jobs",
    "fine_tuning_events",
    "fine_tuning_checkpoints",
    "stored_completions",
    "responses",
)
"""The tables of what accounts hold: by their column `account`. It stays where it is until the account is purged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedAccount:
    """An account that was deleted and is not purged yet."""

    account: Resource
    inner: tuple[Resource, ...]
    """Its deployments and everything else that was in it."""
    deleted: datetime
    purged: datetime
    """When it will be."""

    @property
    def id(self) -> str:
        """The id under which it is listed while it is deleted."""
        path = self.account.path
        return (
            f"/subscriptions/{path.subscription}/providers/Microsoft.CognitiveServices/locations/"
            f"{self.account.location}/resourceGroups/{path.group}/deletedAccounts/{self.account.name}"
        )


class DeletedAccounts:
    """What was deleted and can still come back."""

    def __init__(  # noqa: PLR0913 the parts that it joins
        self,
        store: Store,
        clock: Clock,
        resources: Resources,
        *,
        settings: Settings,
        agenda: Agenda,
        switches: Switches,
    ) -> None:
        self._store = store
        self._clock = clock
        self._resources = resources
        self._settings = settings
        self._agenda = agenda
        self._switches = switches

    def remove(self, resource_id: str) -> None:
        """Remove a resource and all that is in it; accounts among it are kept as deleted."""
        for account in list(self._resources.list_of_type(ACCOUNT_TYPE, below=resource_id)):
            if self._switches.leans_on(KEPT):
                self._keep(account)
            else:
                self._empty(account.key)
        self._resources.delete(resource_id)

    def find(self, account_id: str) -> DeletedAccount | None:
        """The deleted account that had this id."""
        row = self._store.find_row("SELECT * FROM deleted_accounts WHERE key = ?", account_id.lower())
        return None if row is None else _read(row)

    def list_all(self) -> list[DeletedAccount]:
        """Every deleted account, oldest first."""
        return [_read(row) for row in self._store.list_rows("SELECT * FROM deleted_accounts ORDER BY rowid")]

    def restore(self, deleted: DeletedAccount) -> Resource:
        """Bring an account back with all that was in it."""
        for each in (deleted.account, *deleted.inner):
            self._resources.save(each)
        self._forget(deleted.account.key)
        return deleted.account

    def purge(self, account_id: str) -> None:
        """Forget an account for good, and what it held."""
        self._forget(account_id.lower())
        self._empty(account_id.lower())

    def _keep(self, account: Resource) -> None:
        now = self._clock.now()
        purged = now + timedelta(seconds=self._settings.get_seconds("deletedAccountSeconds"))
        inner = list(self._resources.list_below(account.id))
        content = {"account": _pack(account), "inner": [_pack(each) for each in inner]}
        self._store.write(
            "INSERT OR REPLACE INTO deleted_accounts VALUES (?, ?, ?, ?)",
            account.key,
            json.dumps(content),
            render_time(now),
            render_time(purged),
        )
        self._agenda.add(PURGE, purged, account.id)

    def _forget(self, key: str) -> None:
        self._store.write("DELETE FROM deleted_accounts WHERE key = ?", key)
        self._agenda.drop(PURGE, key)

    def _empty(self, key: str) -> None:
        for table in HELD:
            self._store.write(f"DELETE FROM {table} WHERE account = ?", key)  # noqa: S608 a name from above


def _pack(resource: Resource) -> dict[str, object]:
    return {
        "id": resource.id,
        "type": resource.type,
        "body": resource.body,
        "internal": resource.internal,
        "is_given": resource.is_given,
        "lookup": resource.lookup,
    }


def _read(row: Row) -> DeletedAccount:
    content = json.loads(row["content"])
    return DeletedAccount(
        account=Resource(**content["account"]),
        inner=tuple(Resource(**each) for each in content["inner"]),
        deleted=parse_time(row["deleted"]),
        purged=parse_time(row["purged"]),
    )
