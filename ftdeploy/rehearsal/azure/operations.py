"""Long-running operations: what is under way, until when, and what is true when it ends.

An operation is a row with the moment of its end, and the agenda ends it then.
"""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row
from typing import Literal

from ftdeploy.rehearsal.azure.agenda import Agenda
from ftdeploy.rehearsal.azure.clock import Clock, parse_time, render_time
from ftdeploy.rehearsal.azure.resources import Resources
from ftdeploy.rehearsal.azure.settings import Settings
from ftdeploy.rehearsal.azure.store import Store

Action = Literal["create", "update", "migrate", "delete"]
END = "operation-ends"
"""The kind of agenda entry that ends an operation; its subject is the operation's id."""

NEVER_MADE = "neverMade"
"""What is noted of a resource whose creation failed."""

# What provisioningState says during each action, and at its end; None: the resource is gone.
TRANSITIONS: dict[str, tuple[str, str | None]] = {
    "create": ("Creating", "Succeeded"),
    "update": ("Accepted", "Succeeded"),
    "migrate": ("Updating", "Succeeded"),
    "delete": ("Deleting", None),
}

_SECONDS = "operationSeconds"
_LEAST_SECONDS = 0.001
"""What fails is accepted first, and fails after that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an operation ends `Failed`, as its body says it then."""

    code: str
    message: str


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
    failure: Failure | None = None
    """What it fails with at its end; None for one that succeeds."""

    @property
    def status(self) -> str:
        """The word in the body of an Azure-AsyncOperation."""
        if self.is_running:
            return "InProgress"
        return "Failed" if self.failure else "Succeeded"


class Operations:
    """Starts operations, ends them in time, and knows what is locked by them."""

    def __init__(  # noqa: PLR0913 the parts that it joins
        self,
        store: Store,
        clock: Clock,
        resources: Resources,
        *,
        settings: Settings,
        agenda: Agenda,
        remove: Callable[[str], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._resources = resources
        self._settings = settings
        self._agenda = agenda
        self._remove = remove
        self._failure: Failure | None = None

    @property
    def seconds(self) -> float:
        """How long an operation takes; 0 ends each at once."""
        return self._settings.get_seconds(_SECONDS)

    @seconds.setter
    def seconds(self, value: float) -> None:
        self._settings.put(_SECONDS, value)

    @contextmanager
    def failing(self, failure: Failure) -> Iterator[None]:
        """What begins inside ends `Failed`."""
        self._failure = failure
        try:
            yield
        finally:
            self._failure = None

    def begin(
        self,
        action: Action,
        target: str,
        *,
        lock: str = "",
        extra_seconds: float = 0.0,
        failure: Failure | None = None,
    ) -> Operation:
        """Start an action on a resource that is saved already; with no time to take it ends before this returns.

        Args:
            action: what is done.
            target: the resource's id.
            lock: what nobody else may write meanwhile, such as the account's id.
            extra_seconds: how much longer than others it takes.
            failure: what it fails with at its end; None lets it succeed.
        """
        now, failure = self._clock.now(), failure or self._failure
        least_seconds = _LEAST_SECONDS if failure else 0.0
        operation = Operation(
            id=str(uuid.uuid4()),
            action=action,
            target=target,
            started=now,
            ends=now + timedelta(seconds=max(self.seconds + extra_seconds, least_seconds)),
            is_running=True,
            failure=failure,
        )
        self._keep(operation, lock)
        self._set_state(target, TRANSITIONS[action][0])
        if operation.ends > now:
            self._agenda.add(END, operation.ends, operation.id)
        else:
            self.end(operation.id)
        return self.get(operation.id) or operation

    def get(self, operation_id: str) -> Operation | None:
        """The operation of that id, ended ones included."""
        row = self._store.find_row("SELECT * FROM operations WHERE id = ?", operation_id)
        return None if row is None else _read(row)

    def end(self, operation_id: str) -> None:
        """End an operation: its resource becomes what the action makes of it."""
        operation = self.get(operation_id)
        if operation is None:
            return
        self._store.write("UPDATE operations SET is_running = 0 WHERE id = ?", operation.id)
        final = "Failed" if operation.failure else TRANSITIONS[operation.action][1]
        if final is None:
            self._remove(operation.target)
        else:
            self._set_state(operation.target, final, is_made=operation.action != "create" or not operation.failure)

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

    def _keep(self, operation: Operation, lock: str) -> None:
        failure = operation.failure
        self._store.write(
            "INSERT INTO operations VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
            operation.id,
            operation.action,
            operation.target,
            lock.lower(),
            render_time(operation.started),
            render_time(operation.ends),
            json.dumps({"code": failure.code, "message": failure.message}) if failure else "",
        )

    def _set_state(self, target: str, state: str, *, is_made: bool = True) -> None:
        resource = self._resources.find(target)
        if resource is not None:
            resource.properties["provisioningState"] = state
            if state == "Succeeded":
                resource.internal.pop("servedModel", None)
            if not is_made:
                resource.internal[NEVER_MADE] = True
            self._resources.save(resource)


def _read(row: Row) -> Operation:
    return Operation(
        id=row["id"],
        action=row["action"],
        target=row["target"],
        started=parse_time(row["started"]),
        ends=parse_time(row["ends"]),
        is_running=bool(row["is_running"]),
        failure=Failure(**json.loads(row["failure"])) if row["failure"] else None,
    )
