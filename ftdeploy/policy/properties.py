"""Properties as the policy SDK hands them over: numbers are floats, and reading an unknown one raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_policy.proxy import UnknownValueError

Properties = Mapping[str, Any]


def is_unknown(properties: Properties, key: str) -> bool:
    """Whether a property is not known before the update."""
    try:
        properties.get(key)
    except UnknownValueError:
        return True
    return False


def get_mapping(properties: Properties, key: str) -> Properties:
    """A mapping; an empty one where it is absent, or none, or not known yet."""
    value = None if is_unknown(properties, key) else properties.get(key)
    return value if isinstance(value, Mapping) else {}


def find_text(properties: Properties, key: str) -> str | None:
    """A text; empty where it is absent, None where it is not known yet or no text."""
    if is_unknown(properties, key):
        return None
    value = properties.get(key)
    return "" if value is None else value if isinstance(value, str) else None


def find_count(properties: Properties, key: str) -> int | None:
    """A whole number; None where it is absent, not known yet, or none."""
    value = None if is_unknown(properties, key) else properties.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not float(value).is_integer():
        return None
    return int(value)


def find_flag(properties: Properties, key: str, *, default: bool) -> bool | None:
    """Yes or no; None where it is not known yet or neither."""
    if is_unknown(properties, key):
        return None
    value = properties.get(key)
    return default if value is None else value if isinstance(value, bool) else None


def get_texts(properties: Properties, key: str) -> dict[str, str]:
    """A mapping's texts; what is no text, or not known yet, is left out."""
    found = get_mapping(properties, key)
    return {name: text for name in found if (text := find_text(found, name))}
