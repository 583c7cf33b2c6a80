"""Every error a user can meet, and the parts each is made of.

FtdeployError
├── InputError       exit 1   your input, or a check you asked for, did not pass
├── ServiceRefused   exit 3   a service refused (Azure, Pulumi, the Git host); says whether another try can help
└── Bug              exit 70  a defect of ftdeploy; says where to report it

Wrong usage of the command line is exit 2. A problem cannot be written without saying what to do about it: `problem`,
`where` and `fix` are required.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a problem stands: a file with line and key path, or a name.

    `Place(name="stacks/dev.yaml", line=14, key="accounts.support.region")` is shown as
    `stacks/dev.yaml:14 accounts.support.region`.
    """

    name: str
    line: int | None = None
    """Counted from 1; None where the place has no lines."""
    key: str = ""

    def __str__(self) -> str:
        head = self.name if self.line is None else f"{self.name}:{self.line}"
        return f"{head} {self.key}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, where, and what to type next."""

    problem: str
    """Quotes the value found; no full stop."""
    where: Place
    fix: str
    """Starts with a verb; keys and commands in backticks."""
    allowed: tuple[str, ...] = ()
    """The legal values, when there are few."""
    source: str = ""
    """Address and date, when the limit is Azure's."""
    rule: str = ""
    """The rule's id, when a rule found it."""
    level: str = "mandatory"
    """`mandatory` stops; `advisory` is only told."""
    resource: str = ""
    """What a waiver calls the thing it is about, such as `contoso-support-dev/support-bot`."""

    def __str__(self) -> str:
        word = "error" if self.level == "mandatory" else "warning"
        rule = f" ({self.rule})" if self.rule else ""
        lines = [str(self.where), f"{word}: {self.problem}{rule}"]
        if self.allowed:
            lines.append(f"allowed: {', '.join(self.allowed)}")
        lines.append(f"hint: {self.fix}")
        if self.source:
            lines.append(f"source: {self.source}")
        return "\n".join(lines)


def render_problems(problems: Sequence[Problem]) -> str:
    """All problems, sorted by place; the last line counts them when there is more than one."""
    ordered = sorted(problems, key=lambda each: (each.where.name, each.where.line or 0, each.where.key))
    text = "\n\n".join(str(each) for each in ordered)
    return text if len(ordered) == 1 else f"{text}\n\n{len(ordered)} problems"


@dataclass
class FtdeployError(Exception):
    """The root of everything a user is told; carries all problems of one input at once."""

    problems: tuple[Problem, ...] = field(default_factory=tuple)
    exit_code: ClassVar[int] = 70

    def __str__(self) -> str:
        return render_problems(self.problems)


class InputError(FtdeployError):
    """Your input, or a check you asked for, did not pass."""

    exit_code: ClassVar[int] = 1


class ServiceRefused(FtdeployError):
    """A service said no; the fix says whether another try can help."""

    exit_code: ClassVar[int] = 3


class Bug(FtdeployError):
    """A defect of ftdeploy itself."""

    exit_code: ClassVar[int] = 70


def refuse(problem: str, *, where: Place | str, fix: str) -> InputError:
    """An `InputError` with one problem, for the many places that find just one."""
    place = where if isinstance(where, Place) else Place(name=where)
    return InputError((Problem(problem=problem, where=place, fix=fix),))
