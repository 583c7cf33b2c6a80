"""The nearest legal value to what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_LIST_LIMIT = 9
"""Ours: a longer list is no help in a terminal."""


def find_nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed value that was most likely meant; None when nothing is near.

    Letter case, spaces, hyphens and underscores count for nothing: `Sweden Central` means `swedencentral`.
    """
    by_letters = {_letters(each): each for each in sorted(allowed, reverse=True)}
    near = get_close_matches(_letters(word), sorted(by_letters), n=1, cutoff=0.6)
    return by_letters[near[0]] if near else None


def list_if_short(allowed: Iterable[str]) -> tuple[str, ...]:
    """All allowed values, sorted, when they are few enough to be read; otherwise none."""
    ordered = tuple(sorted(allowed))
    return ordered if len(ordered) <= _LIST_LIMIT else ()


def _letters(word: str) -> str:
    return re.sub(r"[\s_-]", "", word).lower()
