"""Check stack files: everything that is wrong with any of them, in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ftdeploy.catalog.load import load_facts
from ftdeploy.domain.rules import check_stack
from ftdeploy.domain.stacks import Stack
from ftdeploy.errors import InputError, Problem
from ftdeploy.files.load import list_stack_names, load_fleet, load_stack
from ftdeploy.files.models import load_models


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found."""

    stack_count: int
    deployment_count: int
    """In the stacks that could be read."""
    problems: tuple[Problem, ...]

    @property
    def has_passed(self) -> bool:
        """Whether nothing mandatory was found."""
        return not any(each.level == "mandatory" for each in self.problems)


def check_files(root: Path, names: Sequence[str], *, today: date) -> Checked:
    """Everything that is wrong with these stacks, and the fleet and models that they name.

    Args:
        root: the repository.
        names: stacks; when it is empty, all of them, and every model whether a stack names it or not.
        today: the day whose catalogue holds.
    """
    facts = load_facts(today)
    wanted = tuple(dict.fromkeys(names)) or list_stack_names(root)
    stacks: list[Stack] = []
    problems: list[Problem] = []
    for name in wanted:
        with _collect(problems):
            loaded = load_stack(root, name, facts)
            stacks.append(loaded.stack)
            problems.extend(check_stack(loaded.stack, loaded.place, facts))
    if not names:
        with _collect(problems):
            load_fleet(root)
        with _collect(problems):
            load_models(root, facts)
    return Checked(
        stack_count=len(wanted),
        deployment_count=sum(len(account.deployments) for stack in stacks for account in stack.accounts),
        problems=tuple(dict.fromkeys(problems)),
    )


def load_wanted(root: Path, name: str, *, today: date) -> Stack:
    """A stack as its file wants it.

    Raises:
        InputError: files are not right; all problems at once.
    """
    return load_stack(root, name, load_facts(today)).stack


@contextmanager
def _collect(problems: list[Problem]) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        problems.extend(error.problems)
