"""The catalogue's files, read into the facts of one date."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from ftdeploy.catalog.schema import Entry, ModelEntry, PtuEntry, RegionEntry, RoleEntry
from ftdeploy.domain.facts import Facts, PtuSize, Region, Role
from ftdeploy.domain.skus import Sku
from ftdeploy.errors import InputError, Place, Problem

_FOLDER = Path(__file__).parent
_E = TypeVar("_E", bound=Entry)
_WORDS = {
    "missing": ("is missing", "write the key; every entry says its figure, unit, source and dates"),
    "extra_forbidden": ("is not a key of this file", "remove it, or compare its spelling with the entries around"),
    "value_error": ("is {value!r}, which is not a date in quotes", 'write it as in `"2026-11-21"`'),
}


def load_facts(as_of: date, *, folder: Path = _FOLDER) -> Facts:
    """What is known of Azure on that day: of several entries for one thing, the newest that holds already.

    Raises:
        InputError: a file is not of the catalogue's form; all problems of that file at once.
    """
    return Facts(
        as_of=as_of,
        regions={
            each.id: Region(source=each.source, checked=each.checked.isoformat())
            for each in _load(folder / "regions.yaml", RegionEntry, as_of)
        },
        base_models=frozenset(each.name for each in _load(folder / "models.yaml", ModelEntry, as_of)),
        ptu_sizes=_size_by_base(_load(folder / "ptu.yaml", PtuEntry, as_of)),
        roles={
            each.id: Role(guid=each.guid, source=each.source, checked=each.checked.isoformat())
            for each in _load(folder / "roles.yaml", RoleEntry, as_of)
        },
    )


def _size_by_base(entries: Iterable[PtuEntry]) -> dict[tuple[str, Sku], PtuSize]:
    oldest_first = sorted(entries, key=lambda each: each.holds_from)
    return {
        (each.base, Sku.PROVISIONED): PtuSize(
            minimum_ptu=each.minimum_ptu,
            step_ptu=each.step_ptu,
            input_tpm_per_ptu=each.input_tpm_per_ptu,
            output_weight=each.output_weight_input_tokens,
            source=each.source,
            checked=each.checked.isoformat(),
        )
        for each in oldest_first
    }


def _load(path: Path, kind: type[_E], as_of: date) -> list[_E]:
    values = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    entries: list[_E] = []
    problems: list[Problem] = []
    for value in values:
        try:
            entries.append(kind.model_validate(value))
        except ValidationError as error:
            problems.extend(_explain(path, value, error))
    problems.extend(_check_order(path, [each.id for each in entries]))
    if problems:
        raise InputError(tuple(problems))
    return [each for each in entries if each.holds_from <= as_of]


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
