"""Traffic as a CSV file: a row a minute."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from ftdeploy.domain.traffic import Minute
from ftdeploy.errors import InputError, Place, Problem
from ftdeploy.files.documents import quote, read_bytes
from ftdeploy.files.spelling import find_nearest

_NEEDED = ("time", "requests", "prompt_tokens", "completion_tokens")
_COUNTS = (*_NEEDED[1:], "cached_tokens")
_MINUTE = timedelta(minutes=1)
_MOST_PROBLEMS = 20
"""As many are told; a file of another form has one in every row."""


def read_traffic(path: Path) -> tuple[Minute, ...]:
    """The minutes of a file; those that are left out had no calls.

    Its columns are `time`, `requests`, `prompt_tokens`, `completion_tokens`, and `cached_tokens` where it is known.

    Raises:
        InputError: it is not of that form; the first problems of its rows at once.
    """
    name = str(path)
    text = read_bytes(path, name).decode("utf-8-sig", errors="replace")
    rows = csv.DictReader(io.StringIO(text))
    _check_columns(name, rows.fieldnames or [])
    minutes: list[Minute] = []
    problems: list[Problem] = []
    for row in rows:
        where = Place(name=name, line=rows.line_num)
        found = list(_check_row(where, row))
        problems += found
        if not found:
            minutes.append(_to_minute(row))
    problems += _check_order(name, minutes)
    if not minutes and not problems:
        problems.append(Problem(problem="there are no rows", where=Place(name=name), fix="write a row for each minute"))
    if problems:
        raise InputError(tuple(problems[:_MOST_PROBLEMS]))
    return tuple(minutes)


def _check_columns(name: str, columns: object) -> None:
    found = [str(each) for each in columns] if isinstance(columns, list) else []
    missing = [each for each in _NEEDED if each not in found]
    if missing:
        nearest = {each: find_nearest(each, found) for each in missing}
        said = ", ".join(f"`{each}`" + (f" (`{near}`?)" if near else "") for each, near in nearest.items())
        fix = f"write the first line as `{','.join(_NEEDED)}`, with `,cached_tokens` where it is known"
        raise InputError((Problem(problem=f"columns are missing: {said}", where=Place(name=name, line=1), fix=fix),))


def _check_row(where: Place, row: dict[str, str]) -> Iterator[Problem]:
    if _find_time(row["time"]) is None:
        fix = "write it as `2026-11-24T08:00:00Z`"
        yield Problem(problem=f"`{quote(row['time'])}` is no time", where=where, fix=fix)
    counts = {key: row[key] for key in _COUNTS if key in row}
    for key, text in counts.items():
        if not (text or "").strip().isdecimal():
            yield Problem(problem=f"`{key}` is `{quote(text)}`", where=where, fix="write a whole number, or 0")
    numbers = {key: int(text) for key, text in counts.items() if (text or "").strip().isdecimal()}
    if numbers.get("cached_tokens", 0) > numbers.get("prompt_tokens", 0):
        fix = "write all prompt tokens into `prompt_tokens`, cached ones too"
        yield Problem(problem="`cached_tokens` are more than `prompt_tokens`", where=where, fix=fix)


def _find_time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _to_minute(row: dict[str, str]) -> Minute:
    return Minute(
        at=datetime.fromisoformat(row["time"].strip()),
        requests=int(row["requests"]),
        prompt_tokens=int(row["prompt_tokens"]),
        completion_tokens=int(row["completion_tokens"]),
        cached_tokens=int(row.get("cached_tokens") or 0),
    )


def _check_order(name: str, minutes: list[Minute]) -> Iterator[Problem]:
    if len({each.at.tzinfo is None for each in minutes}) > 1:
        fix = "write all of them with a time zone, or none"
        yield Problem(problem="some times have a time zone and some have none", where=Place(name=name), fix=fix)
        return
    gaps = [later.at - earlier.at for earlier, later in pairwise(sorted(minutes, key=lambda each: each.at))]
    if any(gap < _MINUTE for gap in gaps):
        fix = "add up the rows of one minute"
        yield Problem(problem="two rows are less than a minute apart", where=Place(name=name), fix=fix)
    elif gaps and min(gaps) > _MINUTE:
        fix = "export it with a grain of one minute: means over longer times hide peaks"
        minutes_apart = min(gaps) / _MINUTE
        yield Problem(problem=f"rows are {minutes_apart:g} minutes apart", where=Place(name=name), fix=fix)
