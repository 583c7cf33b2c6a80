"""The emulator's only source of time; it can be moved ahead, and nothing else asks the machine's clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Clock:
    """The time that everything in the emulator lives by: the machine's, moved by `ahead_seconds`."""

    def __init__(self, ahead_seconds: float = 0.0) -> None:
        self.ahead_seconds = ahead_seconds
        self._held: datetime | None = None

    def now(self) -> datetime:
        """The present, in UTC."""
        if self._held is not None:
            return self._held
        return datetime.now(UTC) + timedelta(seconds=self.ahead_seconds)

    def machine_now(self) -> datetime:
        """The machine's own present, by which what clients sign themselves is dated."""
        return datetime.now(UTC)

    @contextmanager
    def held_at(self, moment: datetime) -> Iterator[None]:
        """What happens inside happens at that moment: how things that came due are done late, but in their time."""
        before = self._held
        self._held = moment
        try:
            yield
        finally:
            self._held = before


def render_time(moment: datetime) -> str:
    """`2026-11-21T10:34:00.123456Z`; texts of two moments sort as the moments do."""
    return moment.astimezone(UTC).strftime(_FORMAT)


def parse_time(text: str) -> datetime:
    """The moment that ISO 8601 `text` names; without an offset it is UTC.

    Raises:
        ValueError: `text` is no moment in time.
    """
    moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
