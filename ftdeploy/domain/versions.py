"""Whether a version of ftdeploy is one that files ask for."""

from __future__ import annotations

import operator
import re
from itertools import zip_longest

_CLAUSE = re.compile(r"(>=|<=|==|!=|>|<)\s*([0-9]+(?:\.[0-9]+){0,3})")
_COMPARE = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}


def parse_requirement(text: str) -> tuple[tuple[str, str], ...] | None:
    """The clauses of `ftdeploy>=0.1,<1`; None when it is not of that form.

    Of PEP 440 this reads release numbers with `>= <= == != > <`; `~=`, wildcards and pre-releases are not read.
    """
    name, rest = text.strip()[:8], text.strip()[8:]
    clauses = [_CLAUSE.fullmatch(each.strip()) for each in rest.split(",")]
    found = tuple((each[1], each[2]) for each in clauses if each is not None)
    return found if name == "ftdeploy" and len(found) == len(clauses) else None


def is_allowed(version: str, clauses: tuple[tuple[str, str], ...]) -> bool:
    """Whether a version such as `0.1.0` fits every clause; what follows its release numbers counts for nothing."""
    release = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    here = release[0] if release else "0"
    return all(_COMPARE[sign](_compare(here, bound), 0) for sign, bound in clauses)


def _compare(left: str, right: str) -> int:
    pairs = zip_longest(map(int, left.split(".")), map(int, right.split(".")), fillvalue=0)
    return next((1 if a > b else -1 for a, b in pairs if a != b), 0)
