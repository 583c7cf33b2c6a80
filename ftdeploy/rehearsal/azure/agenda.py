"""What will happen by itself, and when: operations end, idle deployments go, deleted accounts are purged, jobs go on.

An entry is a row with its moment, a kind, and whom it is about. Whoever asks the emulator first after that moment finds
it done (`due.settle`), in the order of the moments, each with the clock held at its own: so things happen by the clock
whether or not the emulator ran meanwhile, and moving the clock makes them happen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ftdeploy.rehearsal.azure.clock import Clock, parse_time, render_time
from ftdeploy.rehearsal.azure.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that will happen."""

    number: int
    due: datetime
    kind: str
    """Which handler of `due.HANDLERS` does it."""
    subject: str
    """What it is about, such as a resource's id in lower case."""
    detail: dict[str, Any]


class Agenda:
    """What is still to happen."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def add(self, kind: str, due: datetime, subject: str, **detail: Any) -> None:  # noqa: ANN401 JSON
        """Plan something."""
        values = (render_time(due), kind, subject.lower(), json.dumps(detail))
        self._store.write("INSERT INTO agenda (due, kind, subject, detail) VALUES (?, ?, ?, ?)", *values)

    def drop(self, kind: str, subject: str) -> None:
        """Forget what was planned of a kind for a subject."""
        self._store.write("DELETE FROM agenda WHERE kind = ? AND subject = ?", kind, subject.lower())

    def take_next(self) -> Entry | None:
        """The oldest entry whose moment has come, no longer planned; None when nothing is due."""
        row = self._store.find_row(
            "SELECT * FROM agenda WHERE due <= ? ORDER BY due, n LIMIT 1", render_time(self._clock.now())
        )
        if row is None:
            return None
        self._store.write("DELETE FROM agenda WHERE n = ?", row["n"])
        return Entry(
            number=row["n"],
            due=parse_time(row["due"]),
            kind=row["kind"],
            subject=row["subject"],
            detail=json.loads(row["detail"]),
        )
