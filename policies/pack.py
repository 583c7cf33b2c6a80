"""Every policy, in order. An organisation adds its own at the end of the list."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from pulumi_policy import Policy, PolicyPack

from ftdeploy.domain.judging import Book
from ftdeploy.domain.rules import RULES
from ftdeploy.domain.wishes import FleetWish, StackWish
from ftdeploy.policy.rules import GetBook, Surround, make_policies
from ftdeploy.present import read_present

NAME = "ftdeploy"


def list_policies(get_book: GetBook, surround: Surround) -> list[Policy]:
    """All policies, in the order in which Pulumi asks them."""
    return make_policies(RULES, get_book, surround)


def main(root: Path) -> None:
    """Serves the pack to Pulumi until Pulumi ends it; facts and fleet are read while Pulumi starts the program.

    Args:
        root: the repository around the pack, whose `fleet.yaml` says levels, limits and waivers.
    """
    with ThreadPoolExecutor(1) as reader:
        book = reader.submit(_load_book, root)
        PolicyPack(NAME, list_policies(book.result, partial(_surround, root)))


def _find_today() -> date:
    return read_present(os.environ).date()


def _load_book(root: Path) -> Book:
    from ftdeploy.catalog.load import LOCK, load_facts
    from ftdeploy.domain.judging import open_book
    from ftdeploy.files.fleet import FILE
    from ftdeploy.files.load import load_fleet

    facts = load_facts(_find_today(), lock=root / LOCK)
    fleet = load_fleet(root) if (root / FILE).exists() else None
    return open_book(facts, fleet, are_dates_binding=False)


def _surround(root: Path, stack: StackWish) -> FleetWish:
    """The stack as Pulumi tells it, after the others as their files do; an account of its own goes by its name."""
    files = {each.scope.stack: each for each in _load_files(root)}
    mine = files.pop(stack.scope.stack, None)
    ids = {each.name: each.id for each in mine.accounts} if mine else {}
    accounts = tuple(replace(each, id=each.id or ids.get(each.name)) for each in stack.accounts)
    return FleetWish(stacks=(*files.values(), replace(stack, accounts=accounts)))


@cache
def _load_files(root: Path) -> tuple[StackWish, ...]:
    from ftdeploy.catalog.load import LOCK, load_facts
    from ftdeploy.domain.wanted import wish_for_stack
    from ftdeploy.files.load import list_stack_names, read_stacks

    facts = load_facts(_find_today(), lock=root / LOCK)
    readable, _ = read_stacks(root, list_stack_names(root), facts)
    return tuple(wish_for_stack(each.stack, each.place, facts) for each in readable)
