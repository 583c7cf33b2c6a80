"""The emulator's only source of time, so that later work can move it; nothing else asks the machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Clock:
    """The time that everything in the emulator lives by."""

    def __init__(self, ahead_seconds: float = 0.0) -> None:
        self.ahead_seconds = ahead_seconds

    def now(self) -> datetime:
        """The present, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead_seconds)


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
