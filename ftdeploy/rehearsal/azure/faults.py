"""Faults that somebody asked for: refusals, lost answers and failed operations, by route, count, or share with a seed.

A fault strikes calls that match its route. With a `count` it strikes the next ones and is over; with a `share` it
strikes that part of them, and the `seed` decides which: the same seed strikes the same ones in every run.
"""

from __future__ import annotations

import json
import random
from dataclasses import asdict, dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from sqlite3 import Row
from typing import Any

from ftdeploy.rehearsal.azure.store import Store

OWN_PATH = "/_rehearsal/"
"""No fault strikes the emulator's own addresses."""
DEFAULT_ROUTE = "* /subscriptions/*"
"""Resource Manager; model calls are `* /accounts/*`, sign-in is `POST */oauth2/*`."""
DEFAULT_SECONDS = {"time-out": 300.0, "slow": 5.0, "429": 1.0}
"""How long an answer is held, or what `Retry-After` says, where a fault does not say it."""


class Kind(StrEnum):
    """What happens to a call that a fault strikes."""

    CONFLICT = "409"
    THROTTLED = "429"
    INTERNAL = "500"
    GATEWAY = "502"
    UNAVAILABLE = "503"
    GATEWAY_TIMEOUT = "504"
    EXPIRED_TOKEN = "expired-token"  # noqa: S105 a name
    TIME_OUT = "time-out"
    """No answer within `seconds`, then a closed connection."""
    RESET = "reset"
    """The connection is closed without an answer."""
    SLOW = "slow"
    """The answer comes, `seconds` late."""
    OPERATION_FAILS = "operation-fails"
    """What a write begins ends `Failed`."""


class BadFault(ValueError):
    """A fault that cannot be; the text says which field and what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What was asked for."""

    kind: Kind
    route: str = DEFAULT_ROUTE
    """`PUT */deployments/*`: a method and a path, each with `*` for anything, in any letter case."""
    count: int | None = None
    """How many calls it strikes; None with a share."""
    share: float | None = None
    seed: int = 0
    seconds: float = 0.0
    after: bool = False
    """Whether the call is carried out first, so that only its answer is lost (`time-out` and `reset`)."""

    def matches(self, method: str, path: str) -> bool:
        """Whether a call is of its route."""
        wanted_method, _, wanted_path = self.route.lower().partition(" ")
        if self.kind is Kind.OPERATION_FAILS and method in ("GET", "HEAD", "POST"):
            return False
        return fnmatchcase(method.lower(), wanted_method) and fnmatchcase(path.lower(), wanted_path)

    def strikes(self, met: int) -> bool:
        """Whether it strikes the call that it met as number `met`, counted from 0."""
        if self.share is None:
            return True
        return random.Random(f"{self.seed}:{met}").random() < self.share


class Faults:
    """The faults that are set, and what they did."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Set a fault: `{"kind": "429", "route": "PUT */deployments/*", "count": 2}`; as `list_all` shows it.

        Raises:
            BadFault: a field is unknown, missing or out of range.
        """
        fault = read_fault(sent)
        self._store.write("INSERT INTO faults (content, met, struck) VALUES (?, 0, 0)", json.dumps(asdict(fault)))
        return self.list_all()[-1]

    def list_all(self) -> list[dict[str, Any]]:
        """Every fault with its number, how many calls it met and how many it struck, oldest first."""
        rows = self._store.list_rows("SELECT * FROM faults ORDER BY n")
        return [
            {"number": row["n"], **json.loads(row["content"]), "met": row["met"], "struck": row["struck"]}
            for row in rows
        ]

    def clear(self, number: int | None = None) -> int:
        """Forget one fault, or all; how many there were."""
        return self._store.write("DELETE FROM faults WHERE n = ? OR ? IS NULL", number, number)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that strikes a call, the oldest first; None, as nearly always, when there is none."""
        for row in self._store.list_rows("SELECT * FROM faults ORDER BY n"):
            fault = _read(row)
            if fault.count is not None and row["struck"] >= fault.count:
                continue
            if path.startswith(OWN_PATH) or not fault.matches(method, path):
                continue
            is_struck = fault.strikes(row["met"])
            self._store.write("UPDATE faults SET met = met + 1, struck = struck + ? WHERE n = ?", is_struck, row["n"])
            if is_struck:
                return fault
        return None


def read_fault(sent: dict[str, Any]) -> Fault:
    """The fault that somebody asks for.

    Raises:
        BadFault: a field is unknown, missing or out of range.
    """
    unknown = sorted(set(sent) - set(Fault.__dataclass_fields__))
    if unknown:
        raise BadFault(f"{', '.join(unknown)}: no such field; a fault has {', '.join(Fault.__dataclass_fields__)}")
    if sent.get("kind") not in list(Kind):
        raise BadFault(f"kind is one of {', '.join(Kind)}, not {sent.get('kind')!r}")
    kind = Kind(sent["kind"])
    share, count = sent.get("share"), sent.get("count")
    if share is not None and (count is not None or not _is_between(share, 0.0, 1.0)):
        raise BadFault("share is from 0 to 1, and stands instead of a count")
    if share is None and (not isinstance(count or 1, int) or (1 if count is None else count) < 1):
        raise BadFault(f"count is a whole number from 1, not {count!r}")
    seconds: Any = sent.get("seconds")
    seconds = DEFAULT_SECONDS.get(kind, 0.0) if seconds is None else seconds
    if not _is_between(seconds, 0.0, 3600.0):
        raise BadFault(f"seconds is from 0 to 3600, not {seconds!r}")
    if sent.get("after") and kind not in (Kind.TIME_OUT, Kind.RESET):
        raise BadFault(f"after goes with {Kind.TIME_OUT} and {Kind.RESET} only")
    return Fault(
        kind=kind,
        route=_read_route(sent),
        count=(count or 1) if share is None else None,
        share=share,
        seed=_read_seed(sent),
        seconds=float(seconds),
        after=bool(sent.get("after")),
    )


def _read_route(sent: dict[str, Any]) -> str:
    route = sent.get("route") or DEFAULT_ROUTE
    if not isinstance(route, str):
        raise BadFault(f"route is a method and a path, not {route!r}")
    route = route.strip()
    return route if " " in route else f"* {route}"


def _read_seed(sent: dict[str, Any]) -> int:
    seed = sent.get("seed") or 0
    if not isinstance(seed, int):
        raise BadFault(f"seed is a whole number, not {seed!r}")
    return seed


def _is_between(value: object, least: float, most: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most


def _read(row: Row) -> Fault:
    content = json.loads(row["content"])
    return Fault(**{**content, "kind": Kind(content["kind"])})
