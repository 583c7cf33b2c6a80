"""The catalogue's files, and a repository's lock, read into entries or refused with all their problems."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from ftdeploy.catalog.schema import (
    AvailabilityEntry,
    Entry,
    LifecycleEntry,
    LimitEntry,
    ModelEntry,
    OfferEntry,
    PriceEntry,
    PtuEntry,
    QuotaEntry,
    RateEntry,
    RegionEntry,
    RoleEntry,
)
from ftdeploy.errors import InputError, Place, Problem

FOLDER = Path(__file__).parent
_E = TypeVar("_E", bound=Entry)
FILES: Mapping[str, type[Entry]] = {
    "availability": AvailabilityEntry,
    "lifecycles": LifecycleEntry,
    "limits": LimitEntry,
    "models": ModelEntry,
    "offers": OfferEntry,
    "prices": PriceEntry,
    "ptu": PtuEntry,
    "quotas": QuotaEntry,
    "rates": RateEntry,
    "regions": RegionEntry,
    "roles": RoleEntry,
}
"""The catalogue's files, and what an entry of each has to be."""
_WORDS = {
    "missing": ("is missing", "write the key; every entry says its figure, unit, source and dates"),
    "extra_forbidden": ("is not a key of this file", "remove it, or compare its spelling with the entries around"),
    "value_error": ("is {value!r}, which is not a date in quotes", 'write it as in `"2026-11-21"`'),
    "amount_missing": ("has no amount", "write `hour_usd`, or `input_usd` and `output_usd` for tokens"),
}


def load_lock(path: Path) -> dict[str, list[Entry]]:
    """A repository's own entries, by the catalogue's files: `{"prices": […], "ptu": […]}`.

    Raises:
        InputError: it is not of that form; all problems at once.
    """
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise _refuse_lock(path, f"the file is no YAML: {str(error).partition(chr(10))[0]}") from error
    if not isinstance(document, dict) or not all(isinstance(each, list) for each in document.values()):
        raise _refuse_lock(path, "the file is no mapping of lists")
    unknown = [str(each) for each in document if each not in FILES]
    if unknown:
        raise _refuse_lock(path, f"the catalogue has no `{unknown[0]}`")
    found: dict[str, list[Entry]] = {}
    problems: list[Problem] = []
    for name, values in document.items():
        found[name], more = _validate(path, values, FILES[name])
        problems += more
    if problems:
        raise InputError(tuple(problems))
    return found


def _refuse_lock(path: Path, problem: str) -> InputError:
    fix = f"write lists of entries below {', '.join(f'`{each}:`' for each in FILES)}"
    return InputError((Problem(problem=problem, where=Place(name=path.name), fix=fix),))


def read_all() -> None:
    """Read the catalogue, so that this process and its forks need not again."""
    for name, kind in FILES.items():
        load_entries(FOLDER / f"{name}.yaml", kind)


@cache
def load_entries(path: Path, kind: type[_E]) -> tuple[_E, ...]:
    """A file of the catalogue, read once a process.

    Raises:
        InputError: it is not of the catalogue's form; all problems at once.
    """
    values = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    entries, problems = _validate(path, values, kind)
    problems.extend(_check_order(path, [each.id for each in entries]))
    if problems:
        raise InputError(tuple(problems))
    return tuple(entries)


def _validate(path: Path, values: list[object], kind: type[_E]) -> tuple[list[_E], list[Problem]]:
    entries: list[_E] = []
    problems: list[Problem] = []
    for value in values:
        try:
            entries.append(kind.model_validate(value))
        except ValidationError as error:
            problems.extend(_explain(path, value, error))
    return entries, problems


def _check_order(path: Path, ids: list[str]) -> Iterator[Problem]:
    for before, here in itertools.pairwise(ids):
        where = Place(name=path.name, key=here)
        if here == before:
            fix = f"remove one of the two, or end the newer one's id in its date, such as `{here}-2026-11-21`"
            yield Problem(problem=f"entry `{here}` stands twice", where=where, fix=fix)
        elif here < before:
            fix = f"move `{here}` before `{next(each for each in ids if each > here)}`; the file is sorted by id"
            yield Problem(problem=f"entry `{here}` stands after `{before}`", where=where, fix=fix)


def _explain(path: Path, value: object, error: ValidationError) -> Iterator[Problem]:
    name = str(value.get("id", "entry without id")) if isinstance(value, dict) else f"entry {value!r}"
    for found in error.errors(include_url=False):
        key = ".".join(str(each) for each in found["loc"])
        say, fix = _WORDS.get(
            found["type"], ("has the value {value!r}, which does not fit", "compare it with the entries around")
        )
        yield Problem(
            problem=f"`{key}` {say.format(value=found['input'])}",
            where=Place(name=path.name, key=f"{name} {key}"),
            fix=fix,
        )
