"""The present: the machine's, or the moment that a rehearsal's clock says it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from ftdeploy.errors import refuse

VARIABLE = "FTDEPLOY_NOW"
"""Of the environment: the moment to take for the present, such as `2026-12-24T08:00:00Z`."""


def read_present(environment: Mapping[str, str]) -> datetime:
    """The present, with its time zone.

    Raises:
        InputError: the variable says no moment with a time zone.
    """
    text = environment.get(VARIABLE)
    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        fix = "write it as `2026-12-24T08:00:00Z`, or unset it"
        raise refuse(f"`{text}` is no moment with a time zone", where=VARIABLE, fix=fix)
    return moment
