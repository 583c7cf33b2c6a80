"""The model calls that were made, one row each: what metrics, rate limits and the idle rule are measured by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from sqlite3 import Row
from typing import Any

from ftdeploy.rehearsal.azure.clock import parse_time, render_time
from ftdeploy.rehearsal.azure.store import Store

CHAT = "chat/completions"
COMPLETIONS = "completions"
RESPONSES = "responses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Calls to one deployment that were alike, made at one moment."""

    account: str
    """The account's id in lower case."""
    deployment: str
    """Its name in lower case."""
    at: datetime
    count: int = 1
    operation: str = CHAT
    status: int = 200
    """The HTTP status that the caller got."""
    is_stream: bool = False
    is_spillover: bool = False
    prompt_tokens: int = 0
    """Of all the calls together; so are the next two."""
    cached_tokens: int = 0
    generated_tokens: int = 0
    model_name: str = ""
    model_version: str = ""
    region: str = ""
    ptu: int = 0
    """The size of a provisioned deployment; 0 for a token SKU."""
    utilization_percent: float = 0.0
    """How full a provisioned deployment was after the call; 0 for a token SKU."""


class TrafficLog:
    """Keeps calls and finds them again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, traffic: Traffic) -> None:
        """Count calls."""
        values = {**asdict(traffic), "at": render_time(traffic.at)}
        marks = ", ".join("?" for _ in values)
        self._store.write(f"INSERT INTO calls ({', '.join(values)}) VALUES ({marks})", *values.values())  # noqa: S608 names of fields

    def list_between(self, account: str, start: datetime, end: datetime) -> list[Traffic]:
        """The calls of an account from `start` to just before `end`, oldest first."""
        rows = self._store.list_rows(
            "SELECT * FROM calls WHERE account = ? AND at >= ? AND at < ? ORDER BY at",
            account.lower(),
            render_time(start),
            render_time(end),
        )
        return [_read(row) for row in rows]

    def list_of_deployment(self, account: str, deployment: str, start: datetime) -> list[Traffic]:
        """The calls of one deployment since `start`, oldest first."""
        rows = self._store.list_rows(
            "SELECT * FROM calls WHERE account = ? AND deployment = ? AND at >= ? ORDER BY at",
            account.lower(),
            deployment.lower(),
            render_time(start),
        )
        return [_read(row) for row in rows]

    def find_last(self, account: str, deployment: str, operations: Iterable[str]) -> datetime | None:
        """When a deployment last answered one of the operations; None when it never did."""
        wanted = tuple(operations)
        row = self._store.find_row(
            "SELECT max(at) AS at FROM calls WHERE account = ? AND deployment = ? AND status < 400"  # noqa: S608 marks
            f" AND operation IN ({', '.join('?' for _ in wanted)})",
            account.lower(),
            deployment.lower(),
            *wanted,
        )
        return None if row is None or row["at"] is None else parse_time(row["at"])


def _read(row: Row) -> Traffic:
    found: dict[str, Any] = {each.name: row[each.name] for each in fields(Traffic)}
    flags = {name: bool(found[name]) for name in ("is_stream", "is_spillover")}
    return Traffic(**{**found, **flags, "at": parse_time(found["at"])})
