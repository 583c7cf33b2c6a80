"""Long-running operations: what is under way, until when, and what is true when it ends.

An operation is a row with the moment of its end. Whoever looks first after that moment finds it ended (`settle`), so
operations end by the clock whether or not the emulator ran meanwhile, and moving the clock moves them too.
"""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row
from typing import Literal

from ftdeploy.rehearsal.azure.clock import Clock, parse_time, render_time
from ftdeploy.rehearsal.azure.resources import Resources
from ftdeploy.rehearsal.azure.store import Store

Action = Literal["create", "update", "delete"]

# What provisioningState says during each action, and at its end; None: the resource is gone.
TRANSITIONS: dict[str, tuple[str, str | None]] = {
    "create": ("Creating", "Succeeded"),
    "update": ("Accepted", "Succeeded"),
    "delete": ("Deleting", None),
}

_SECONDS_SETTING = "operationSeconds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Something under way, or ended, on one resource."""

    id: str
    action: str
    target: str
    """The resource's id."""
    started: datetime
    ends: datetime
    is_running: bool

    @property
    def status(self) -> str:
        """The word in the body of an Azure-AsyncOperation."""
        return "InProgress" if self.is_running else "Succeeded"


class Operations:
    """Starts operations, ends them in time, and knows what is locked by them."""

    def __init__(self, store: Store, clock: Clock, resources: Resources) -> None:
        self._store = store
        self._clock = clock
        self._resources = resources

    @property
    def seconds(self) -> float:
        """How long an operation takes; 0 ends each at once."""
        return float(self._store.find_setting(_SECONDS_SETTING) or 0.0)

    @seconds.setter
    def seconds(self, value: float) -> None:
        self._store.keep_setting(_SECONDS_SETTING, str(float(value)))

    def begin(self, action: Action, target: str, *, lock: str = "") -> Operation:
        """Start an action on a resource that is saved already; with no time to take it ends before this returns."""
        now = self._clock.now()
        operation = Operation(
            id=str(uuid.uuid4()),
            action=action,
            target=target,
            started=now,
            ends=now + timedelta(seconds=self.seconds),
            is_running=True,
        )
        self._store.write(
            "INSERT INTO operations VALUES (?, ?, ?, ?, ?, ?, 1)",
            operation.id,
            action,
            target,
            lock.lower(),
            render_time(operation.started),
            render_time(operation.ends),
        )
        self._set_state(target, TRANSITIONS[action][0])
        self.settle()
        return self.get(operation.id) or operation

    def get(self, operation_id: str) -> Operation | None:
        """The operation of that id, ended ones included."""
        row = self._store.find_row("SELECT * FROM operations WHERE id = ?", operation_id)
        return None if row is None else _read(row)

    def settle(self) -> None:
        """End every operation whose time has come, in the order of their ends."""
        due = self._store.list_rows(
            "SELECT * FROM operations WHERE is_running = 1 AND ends <= ? ORDER BY ends, rowid",
            render_time(self._clock.now()),
        )
        for row in due:
            self._store.write("UPDATE operations SET is_running = 0 WHERE id = ?", row["id"])
            final = TRANSITIONS[row["action"]][1]
            if final is None:
                self._resources.delete(row["target"])
            else:
                self._set_state(row["target"], final)

    def is_locked(self, lock: str) -> bool:
        """Whether something under way holds the lock, such as an account's id."""
        return (
            self._store.find_row("SELECT 1 FROM operations WHERE is_running = 1 AND lock = ?", lock.lower()) is not None
        )

    def render_wait(self) -> dict[str, str]:
        """How long a client should wait before it asks again.

        `Retry-After` counts whole seconds: 0 when there is nothing to wait for, else 1. For operations that take less
        than a second the milliseconds stand beside it, which azcore reads first and azure-core last.
        """
        seconds = self.seconds
        wait = {"Retry-After": "1" if seconds else "0"}
        return {**wait, "x-ms-retry-after-ms": str(math.ceil(seconds * 1000))} if 0 < seconds < 1 else wait

    def _set_state(self, target: str, state: str) -> None:
        resource = self._resources.find(target)
        if resource is not None:
            resource.properties["provisioningState"] = state
            self._resources.save(resource)


def _read(row: Row) -> Operation:
    return Operation(
        id=row["id"],
        action=row["action"],
        target=row["target"],
        started=parse_time(row["started"]),
        ends=parse_time(row["ends"]),
        is_running=bool(row["is_running"]),
    )
