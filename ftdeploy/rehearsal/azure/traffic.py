"""The model calls that were made, alike ones in a row: what metrics, rate limits and the idle rule are measured by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from sqlite3 import Row
from typing import Any

from ftdeploy.rehearsal.azure.store import Store

CHAT = "chat/completions"
COMPLETIONS = "completions"
RESPONSES = "responses"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


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
    is_filtered: bool = False
    """Whether a content filter stopped the prompt or the answer."""


_COLUMNS = tuple(each.name for each in fields(Traffic))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is added up of the calls; texts of SQL on the columns of `calls`, never of a request."""

    total: str
    """Of a row as a whole, so that `total / count` is of one call."""
    where: str = "1"
    table: str = "calls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From `start` to just before `end`, in intervals of `length`."""

    start: datetime
    end: datetime
    length: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the calls of one interval, and of one value of each split column, come to."""

    place: int
    """Of the interval, from 0."""
    total: float
    samples: int
    least: float
    """Of one call; so is `most`."""
    most: float
    key: tuple[Any, ...]
    """The values of the split columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentSums:
    """All calls of one deployment."""

    account: str
    """Its id in lower case."""
    deployment: str
    calls: int
    failed: int
    """Of them, answered with a status from 400 on."""
    tokens: int
    """Of prompts and answers."""
    first: datetime
    last: datetime


class TrafficLog:
    """Keeps calls and finds them again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, traffic: Traffic) -> None:
        """Count calls."""
        self.keep_all([traffic])

    def keep_all(self, traffic: Iterable[Traffic]) -> None:
        """Count many calls at once."""
        marks = ", ".join("?" for _ in _COLUMNS)
        self._store.write_many(f"INSERT INTO calls ({', '.join(_COLUMNS)}) VALUES ({marks})", map(_render, traffic))  # noqa: S608 names of fields

    def keep_training(self, account: str, at: datetime, hours: float, *, region: str = "") -> None:
        """Count hours of training, when a fine-tuning job ended."""
        values = (account.lower(), "", count_microseconds(at), 1, region, hours)
        self._store.write("INSERT INTO trainings VALUES (?, ?, ?, ?, ?, ?)", *values)

    def sum_up(self, account: str, span: Span, measure: Measure, split: Sequence[str]) -> list[Sum]:
        """What an account's calls come to, by interval and by the columns in `split`; nothing for empty intervals."""
        columns = "".join(f", {each}" for each in split)
        rows = self._store.list_rows(
            f"SELECT (at - ?) / ? AS place, sum({measure.total}) AS total, sum(count) AS samples,"  # noqa: S608 ours
            f" min(1.0 * ({measure.total}) / count) AS least, max(1.0 * ({measure.total}) / count) AS most{columns}"
            f" FROM {measure.table} WHERE account = ? AND at >= ? AND at < ? AND {measure.where}"
            f" GROUP BY place{columns}",
            count_microseconds(span.start),
            span.length // _MICROSECOND,
            account.lower(),
            count_microseconds(span.start),
            count_microseconds(span.end),
        )
        return [
            Sum(
                place=row["place"],
                total=float(row["total"]),
                samples=row["samples"],
                least=row["least"],
                most=row["most"],
                key=tuple(row)[5:],
            )
            for row in rows
        ]

    def summarize(self) -> list[DeploymentSums]:
        """All calls that are kept, by account and deployment."""
        rows = self._store.list_rows(
            "SELECT account, deployment, sum(count) AS calls, sum(count * (status >= 400)) AS failed,"
            " sum(prompt_tokens + generated_tokens) AS tokens, min(at) AS first, max(at) AS last"
            " FROM calls GROUP BY account, deployment ORDER BY account, deployment"
        )
        return [
            DeploymentSums(**{**row, "first": _read_moment(row["first"]), "last": _read_moment(row["last"])})
            for row in rows
        ]

    def list_between(self, account: str, start: datetime, end: datetime) -> list[Traffic]:
        """The calls of an account from `start` to just before `end`, oldest first."""
        rows = self._store.list_rows(
            "SELECT * FROM calls WHERE account = ? AND at >= ? AND at < ? ORDER BY at",
            account.lower(),
            count_microseconds(start),
            count_microseconds(end),
        )
        return [_read(row) for row in rows]

    def list_of_deployment(self, account: str, deployment: str, start: datetime) -> list[Traffic]:
        """The calls of one deployment since `start`, oldest first."""
        rows = self._store.list_rows(
            "SELECT * FROM calls WHERE account = ? AND deployment = ? AND at >= ? ORDER BY at",
            account.lower(),
            deployment.lower(),
            count_microseconds(start),
        )
        return [_read(row) for row in rows]

    def find_last(self, account: str, deployment: str, operations: Iterable[str]) -> datetime | None:
        """When a deployment last answered one of the operations; None when it never did."""
        wanted = tuple(operations)
        row = self._store.find_row(
            "SELECT at FROM calls WHERE account = ? AND deployment = ? AND status < 400"  # noqa: S608 marks
            f" AND operation IN ({', '.join('?' for _ in wanted)}) ORDER BY at DESC LIMIT 1",
            account.lower(),
            deployment.lower(),
            *wanted,
        )
        return None if row is None else _read_moment(row["at"])


def count_microseconds(moment: datetime) -> int:
    """Since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def _read_moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _render(traffic: Traffic) -> tuple[object, ...]:
    values = (getattr(traffic, name) for name in _COLUMNS)
    return tuple(count_microseconds(each) if isinstance(each, datetime) else each for each in values)


def _read(row: Row) -> Traffic:
    found: dict[str, Any] = {each.name: row[each.name] for each in fields(Traffic)}
    flags = {name: bool(found[name]) for name in ("is_stream", "is_spillover", "is_filtered")}
    return Traffic(**{**found, **flags, "at": _read_moment(found["at"])})
