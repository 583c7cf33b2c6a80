"""Which role assignments of a program this update made."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pulumi

# Ours: how far Azure's clock and this machine's may differ.
_CLOCK_DIFFERENCE = timedelta(minutes=2)


class Grants:
    """The role assignments of one program.

    A grant that Azure has not answered for yet may be new; when it has, the time of its creation tells.
    """

    def __init__(self, began: datetime | None = None) -> None:
        self._began = (began or datetime.now(tz=UTC)) - _CLOCK_DIFFERENCE
        self._recent: dict[tuple[str, str], bool] = {}

    def watch(self, created_on: pulumi.Output[str], *, principal: str, scope: str) -> None:
        """Notes a role assignment of the program; `created_on` is what Azure will say."""
        grant = (principal.lower(), scope.lower())
        self._recent[grant] = True
        created_on.apply(lambda text: self._recent.update({grant: self._is_recent(text)}))

    def _is_recent(self, created_on: str | None) -> bool:
        """Whether this update made it, by a time such as `2026-11-21T10:00:00.1234567Z`."""
        created = _find_time(created_on or "")
        return created is not None and created >= self._began

    def is_awaited(self, text: str) -> bool:
        """Whether a refusal names the principal and the scope of a grant that this update made, or is making."""
        lowered = text.lower()
        return any(
            is_recent and principal in lowered and re.search(re.escape(scope) + r"(?![\w.-])", lowered) is not None
            for (principal, scope), is_recent in self._recent.items()
        )


def _find_time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
