"""Whether Azure's 15-day rule lets a deployment be deleted, from its age and its calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

# "Inactive" is a deployment of a customised model that was created more than 15 days ago and had no calls for a
# continuous 15 days. https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning (copy of May 2026)
IDLE_DAYS = 15
_PERIOD = timedelta(days=IDLE_DAYS)


class Verdict(StrEnum):
    """What the 15-day rule says of a deployment today."""

    ACTIVE = "active"
    """Old enough, and called in the last 15 days."""
    IDLE = "idle"
    """Old enough, and not called for 15 days: deletable."""
    TOO_YOUNG = "too-young"
    """Not older than 15 days, whatever its calls."""
    UNKNOWN = "unknown"
    """Old enough, and nobody can say when it was called last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """What metrics tell of a deployment's calls."""

    is_known: bool
    """False where metrics are missing or incomplete, which is not the same as no calls."""
    last_call_at: datetime | None = None
    """With time zone; None where no call was counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idleness:
    """A verdict, and from when on Azure may delete the deployment when nobody calls it."""

    verdict: Verdict
    age_days: int
    """Whole days since it was created, rounded down."""
    deletable_from: date | None
    """In UTC; None where calls are unknown and age alone does not tell."""


def judge_idleness(*, created_at: datetime, calls: CallRecord, now: datetime) -> Idleness:
    """What the 15-day rule says: both of its conditions must hold for `idle`.

    Exactly 15 days old is still too young; exactly 15 days without calls is idle. A call counted before the deployment
    was created belonged to one of the same name, and counts for nothing. All times carry a time zone.
    """
    age = now - created_at
    last_active = max(created_at, calls.last_call_at or created_at)
    deletable = last_active + _PERIOD
    is_old = age > _PERIOD
    verdict = Verdict.TOO_YOUNG
    if is_old and not calls.is_known:
        verdict = Verdict.UNKNOWN
    elif is_old:
        verdict = Verdict.IDLE if now >= deletable else Verdict.ACTIVE
    return Idleness(
        verdict=verdict,
        age_days=age.days,
        deletable_from=None if verdict is Verdict.UNKNOWN else deletable.astimezone(UTC).date(),
    )
