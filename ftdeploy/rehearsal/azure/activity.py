"""The activity log: who changed what when, people and Azure itself told apart."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from sqlite3 import Row

from ftdeploy.rehearsal.azure.clock import Clock, parse_time, render_time
from ftdeploy.rehearsal.azure.ids import parse_arm_path
from ftdeploy.rehearsal.azure.store import Store

AZURE = "Microsoft.CognitiveServices"
"""Who is named as the caller of what Azure does by itself; the name is assumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One line of the log."""

    at: datetime
    resource: str
    """The id of what was changed."""
    operation: str
    """`Microsoft.CognitiveServices/accounts/deployments/delete`."""
    status: str
    """`Succeeded` or `Failed`."""
    http_status: int
    caller: str
    """The object id of who did it, or `AZURE`."""
    is_azure: bool
    reason: str = ""
    """Why Azure did it, or the code of the refusal."""
    correlation_id: str = ""


class ActivityLog:
    """Keeps acts and finds them again."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def note(self, act: Act) -> None:
        """Keep an act."""
        entry = {**asdict(act), "at": render_time(act.at), "correlation_id": act.correlation_id or str(uuid.uuid4())}
        self._store.write(
            "INSERT INTO activity (at, subscription, entry) VALUES (?, ?, ?)",
            entry["at"],
            parse_arm_path(act.resource).subscription,
            json.dumps(entry),
        )

    def note_of_azure(self, resource: str, operation: str, reason: str) -> None:
        """Keep something that Azure does by itself, now."""
        self.note(
            Act(
                at=self._clock.now(),
                resource=resource,
                operation=operation,
                status="Succeeded",
                http_status=200,
                caller=AZURE,
                is_azure=True,
                reason=reason,
            )
        )

    def list_between(self, subscription: str, start: datetime, end: datetime) -> list[Act]:
        """The acts in a subscription from `start` to `end`, newest first."""
        rows = self._store.list_rows(
            "SELECT entry FROM activity WHERE subscription = ? AND at >= ? AND at <= ? ORDER BY at DESC, n DESC",
            subscription.lower(),
            render_time(start),
            render_time(end),
        )
        return [_read(row) for row in rows]

    def find_last_number(self) -> int:
        """The number of the last act; 0 when there is none."""
        row = self._store.find_row("SELECT max(n) AS last FROM activity")
        return int(row["last"] or 0) if row else 0

    def list_after(self, number: int) -> list[Act]:
        """The acts after a number, oldest first."""
        return [
            _read(row) for row in self._store.list_rows("SELECT entry FROM activity WHERE n > ? ORDER BY n", number)
        ]


def _read(row: Row) -> Act:
    entry = json.loads(row["entry"])
    return Act(**{**entry, "at": parse_time(entry["at"])})
