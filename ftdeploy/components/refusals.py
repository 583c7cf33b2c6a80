"""What Azure's refusals say, and whether a write that was refused is worth another try.

Only refusals of the write itself are: where Azure accepted a write and what it began did not end well, writing again
finds the resource there already, and Pulumi would lose sight of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PATIENCE_SECONDS = 35 * 60
"""Ours: longer than the 30 minutes that a provisioned deployment may hold its account."""
GRANT_PATIENCE_SECONDS = 10 * 60
"""How long a new role assignment may take to hold everywhere.
https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (2026-11-21)"""

_SHORTEST_WAIT_SECONDS = 1.0
_LONGEST_WAIT_SECONDS = 60.0
_TOO_MANY_REQUESTS = 429
_BUSY = "RequestConflict"
_FORBIDDEN = frozenset({"AuthorizationFailed", "LinkedAuthorizationFailed"})

# As azure-native words them: `Status=409 Code="RequestConflict" Message="…"`, and `1 error occurred:` for a write that
# was accepted. https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/azure/client_azcore.go
_UNFINISHED = re.compile(r"^\s*\d+ errors? occurred:", re.MULTILINE)
_STATUS = re.compile(r"(?:Status=|RESPONSE |status code )(\d{3})\b")
_CODE = re.compile(r'(?:Code="|ERROR CODE: |"code":\s*")(\w+)')
_AFTER = re.compile(
    r"(?:retry|try again)[ -]after\W{0,5}(?P<count>\d{1,6})\W{0,2}(?P<unit>milliseconds|ms|minutes?)?", re.IGNORECASE
)
_SECONDS = {"milliseconds": 0.001, "ms": 0.001, "minute": 60.0, "minutes": 60.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A write that Azure refused."""

    text: str
    """The newest error, as the provider words it."""
    tries: int
    """How often it was tried, 1 at the first refusal."""
    elapsed_seconds: float
    """Since the first refusal of this write."""
    is_grant_new: bool
    """Whether this update made a grant that the write may be waiting for."""


def find_wait(refusal: Refusal, *, spread: float) -> float | None:
    """Seconds until the next try; None where another try cannot help or comes too late.

    Never sooner than Azure asks for, never quicker than our own back-off, which doubles from 1 to 60 seconds.

    Args:
        refusal: what Azure said, and for how long it has been saying so.
        spread: from 0 to 1, by chance: writes that were refused together come back apart.
    """
    patience_seconds = _get_patience(refusal)
    back_off = min(_LONGEST_WAIT_SECONDS, _SHORTEST_WAIT_SECONDS * 2 ** min(refusal.tries - 1, 10))
    wait_seconds = max(back_off, _find_retry_after(refusal.text)) * (1 + spread / 2)
    return wait_seconds if refusal.elapsed_seconds + wait_seconds <= patience_seconds else None


def find_code(text: str) -> str:
    """Azure's name of the error, such as `RequestConflict`; empty where the text has none."""
    match = _CODE.search(text)
    return match[1] if match else ""


def _get_patience(refusal: Refusal) -> float:
    if _UNFINISHED.search(refusal.text):
        return 0
    code, status = find_code(refusal.text), _STATUS.search(refusal.text)
    if code == _BUSY or (status and int(status[1]) == _TOO_MANY_REQUESTS):
        return PATIENCE_SECONDS
    return GRANT_PATIENCE_SECONDS if code in _FORBIDDEN and refusal.is_grant_new else 0


def _find_retry_after(text: str) -> float:
    match = _AFTER.search(text)
    return int(match["count"]) * _SECONDS.get((match["unit"] or "").lower(), 1.0) if match else 0.0
