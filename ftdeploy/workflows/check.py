"""Check stack files: everything that is wrong with any of them, in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ftdeploy.catalog.load import LOCK, load_facts
from ftdeploy.domain.checking import Placed, check_stacks
from ftdeploy.domain.judging import Judge, check_waivers, open_book
from ftdeploy.domain.rules import RULES
from ftdeploy.domain.stacks import Stack
from ftdeploy.errors import InputError, Problem
from ftdeploy.files.load import LoadedStack, list_stack_names, load_fleet, load_stack, read_stacks
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
    facts = load_facts(today, lock=root / LOCK)
    known = list_stack_names(root)
    wanted = tuple(dict.fromkeys(names)) or known
    loaded, problems_of_files = read_stacks(root, wanted, facts)
    others, _ = read_stacks(root, [each for each in known if each not in wanted], facts)
    problems = list(problems_of_files)
    if loaded:
        fleet = loaded[0].fleet
        judge = Judge(book=open_book(facts, fleet, are_dates_binding=True), rules=RULES)
        problems += check_stacks(judge, [_to_placed(each) for each in loaded], [_to_placed(each) for each in others])
        if len(loaded) == len(known):
            problems += check_waivers(fleet.waivers, judge.used, today)
    if not names:
        with _collect(problems):
            load_fleet(root)
        with _collect(problems):
            load_models(root, facts)
    return Checked(
        stack_count=len(wanted),
        deployment_count=sum(len(account.deployments) for each in loaded for account in each.stack.accounts),
        problems=tuple(dict.fromkeys(problems)),
    )


def load_wanted(root: Path, name: str, *, today: date) -> Stack:
    """A stack as its file wants it.

    Raises:
        InputError: files are not right; all problems at once.
    """
    return load_stack(root, name, load_facts(today, lock=root / LOCK)).stack


def _to_placed(loaded: LoadedStack) -> Placed:
    return Placed(stack=loaded.stack, place=loaded.place)


@contextmanager
def _collect(problems: list[Problem]) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        problems.extend(error.problems)
