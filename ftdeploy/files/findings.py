"""Problems of one document, collected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ftdeploy.errors import Problem
from ftdeploy.files.documents import Document, KeyPath, quote
from ftdeploy.files.spelling import find_nearest, list_if_short


@dataclass(slots=True)
class Findings:
    """Collects the problems of one document, beginning with those of its YAML."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.problems.extend(self.document.problems)

    def add(self, path: KeyPath, problem: str, *, fix: str, allowed: Iterable[str] = ()) -> None:
        """Adds a problem at a key path."""
        where = self.document.place(path)
        self.problems.append(Problem(problem=problem, where=where, fix=fix, allowed=tuple(allowed)))

    def add_unknown(self, path: KeyPath, *, kind: str, value: str, allowed: Iterable[str]) -> None:
        """Adds that a value is none of the allowed ones, with the nearest of them."""
        known = sorted(allowed)
        nearest = find_nearest(value, known)
        key = "" if path[-1] == value or isinstance(path[-1], int) else f"{path[-1]}: "
        fix = f"did you mean `{nearest}`? Write `{key}{nearest}`" if nearest else f"write a {kind} that is known"
        self.add(path, f"there is no {kind} `{quote(value)}`", fix=fix, allowed=list_if_short(known))
