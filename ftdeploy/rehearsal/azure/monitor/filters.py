"""The `$filter` of a metrics query: which values of which dimensions, and so by which dimensions series are split."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ftdeploy.rehearsal.azure.monitor import errors

_TOKEN = re.compile(r"\s*(?:([()])|(and|or)\b|([^\s()']+)\s+(eq|ne|sw)\s+'((?:[^']|'')*)')", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """`ModelDeploymentName eq 'bot'`."""

    dimension: str
    operator: str
    value: str
    """In lower case; `*` is any."""

    def takes(self, value: str) -> bool:
        """Whether a series with that value is wanted."""
        found = value.lower()
        if self.operator == "sw":
            return found.startswith(self.value)
        is_equal = self.value in ("*", found)
        return is_equal if self.operator == "eq" else not is_equal


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """The clauses by dimension; of one dimension's any must hold, and of each dimension."""

    clauses: Mapping[str, tuple[Clause, ...]]
    """By the dimension's name in lower case."""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """In the order of the text, in lower case."""
        return tuple(self.clauses)

    def takes(self, values: Mapping[str, str]) -> bool:
        """Whether a series with these values of the filter's dimensions is wanted."""
        return all(any(each.takes(values[name]) for each in found) for name, found in self.clauses.items())


def read_filter(text: str) -> Filter:
    """The filter that a text says; an empty one takes everything.

    Raises:
        Refusal: 400; it cannot be read, or `or` stands between two dimensions.
    """
    clauses: dict[str, tuple[Clause, ...]] = {}
    joiner, last, place, rest = "and", "", 0, text.strip()
    is_clause_next = True
    while place < len(rest):
        found = _TOKEN.match(rest, place)
        if found is None or (found[2] is not None and is_clause_next) or (found[3] and not is_clause_next):
            raise errors.bad_filter(text)
        place = found.end()
        if found[2]:
            joiner, is_clause_next = found[2].lower(), True
        elif found[3]:
            name = found[3].lower()
            if joiner == "or" and name != last:
                raise errors.or_between_dimensions(text)
            value = found[5].replace("''", "'").lower()
            clause = Clause(dimension=name, operator=found[4].lower(), value=value)
            clauses[name] = (*clauses.get(name, ()), clause)
            last, is_clause_next = name, False
    if clauses and is_clause_next:
        raise errors.bad_filter(text)
    return Filter(clauses=clauses)
