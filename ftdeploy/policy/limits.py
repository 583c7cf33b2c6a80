"""The limits that rules read, as a policy's configuration has them: `{"retirementNoticeDays": 30}`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from ftdeploy.domain.settings import Setting
from ftdeploy.domain.terms import DataStays, Limits, write_limit
from ftdeploy.policy.properties import Properties

_INTEGER = {"type": "integer", "minimum": 0}
_TEXTS = {"type": "array", "items": {"type": "string"}}
_COUNTS = {"type": "object", "additionalProperties": _INTEGER}
_SCHEMAS: Mapping[str, dict[str, Any]] = {
    "int": _INTEGER,
    "int | None": _INTEGER,
    "bool": {"type": "boolean"},
    "DataStays": {"type": "string", "enum": [each.value for each in DataStays]},
    "tuple[str, ...]": _TEXTS,
    "Mapping[str, int]": _COUNTS,
}
"""By the annotation of a field of `Limits`."""
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "int": int,
    "int | None": int,
    "bool": bool,
    "DataStays": DataStays,
    "tuple[str, ...]": lambda value: tuple(str(each) for each in value),
    "Mapping[str, int]": lambda value: {str(key): int(each) for key, each in value.items()},
}
_TYPES = {each.name: str(each.type) for each in fields(Limits)}


def describe_limits(names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """JSON schemas of limits by their keys, which are those of `fleet.yaml`."""
    return {write_limit(name): _SCHEMAS[_TYPES[name]] for name in names}


def read_limits(config: Properties) -> Setting | None:
    """What a policy's configuration says of limits, for all stacks; None where it says nothing.

    Pulumi has checked it against the schema; numbers are floats.
    """
    keys = {write_limit(name): name for name in _TYPES}
    said = {keys[key]: _READERS[_TYPES[keys[key]]](value) for key, value in config.items() if key in keys}
    return Setting(limits=said) if said else None
