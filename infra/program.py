"""The program: load what is wanted, check it, build it, export where it answers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pulumi

from ftdeploy.catalog.load import LOCK, load_facts
from ftdeploy.components.stack import BuiltAccount, build_stack
from ftdeploy.domain.checking import Placed, check_stacks
from ftdeploy.domain.facts import Facts
from ftdeploy.domain.judging import Judge, open_book
from ftdeploy.domain.rules import RULES
from ftdeploy.domain.stacks import Stack
from ftdeploy.errors import InputError
from ftdeploy.files.load import LoadedStack, list_stack_names, load_stack, read_stacks
from ftdeploy.present import read_present


def main() -> None:
    """Builds the selected stack.

    Raises:
        RunError: the stack is not to be built; all problems at once, before anything is touched.
    """
    root = Path(pulumi.runtime.get_root_directory())
    try:
        now = read_present(os.environ)
        facts = load_facts(now.date(), lock=root / LOCK)
        loaded = load_stack(root, pulumi.get_stack(), facts)
        check(loaded, list_others(root, pulumi.get_stack(), facts), facts)
    except InputError as error:
        raise pulumi.RunError(str(error)) from error
    export(loaded.stack, build_stack(loaded.stack, now=now))


def list_others(root: Path, stack: str, facts: Facts) -> list[Placed]:
    """The other stacks of the fleet whose files are right; those of the others are told by `ftdeploy check`."""
    others, _ = read_stacks(root, [each for each in list_stack_names(root) if each != stack], facts)
    return [Placed(stack=each.stack, place=each.place) for each in others]


def check(loaded: LoadedStack, others: Sequence[Placed], facts: Facts) -> None:
    """Warns of what is advisory; what only the passing of days breaks is, in an update.

    Raises:
        InputError: something mandatory is not kept.
    """
    judge = Judge(book=open_book(facts, loaded.fleet, are_dates_binding=False), rules=RULES)
    problems = list(check_stacks(judge, [Placed(stack=loaded.stack, place=loaded.place)], others))
    for problem in problems:
        if problem.level != "mandatory":
            pulumi.log.warn(str(problem))
    mandatory = tuple(each for each in problems if each.level == "mandatory")
    if mandatory:
        raise InputError(mandatory)


def export(stack: Stack, built: list[BuiltAccount]) -> None:
    """Exports where each account answers, what runs in it, and which model that is.

    `endpoints: {support: https://…}`, `deployments: {support: [support-bot]}`,
    `models: {support.support-bot: support-bot@7c1f9a2b41d0}`; a model that the stack file names directly stands under
    its name in Azure.
    """
    pulumi.export("endpoints", {each.key: each.account.endpoint for each in built})
    pulumi.export(
        "deployments", {each.key: [made.deployment_name for made in each.deployments.values()] for each in built}
    )
    pulumi.export(
        "models",
        {
            f"{account.key}.{each.key}": each.model_id or each.model.name
            for account in stack.accounts
            for each in account.deployments
        },
    )
