"""Ask a deployment one question."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from ftdeploy.domain.observations import AccountState, Answer
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.stacks import Account, Stack
from ftdeploy.errors import InputError, Place, Problem, ServiceRefused


class AccountFinder(Protocol):
    """Whoever knows accounts: Resource Manager."""

    async def find_account(self, account: AccountId) -> AccountState | None:
        """An account; None when there is none of that id."""


class Answerer(Protocol):
    """Whoever answers: the model endpoint of one account."""

    async def ask(self, deployment: str, question: str) -> Answer:
        """One chat completion."""


Connect = Callable[[AccountState], AbstractAsyncContextManager[Answerer]]
"""Opens the model endpoint of an account."""


def find_deployment(stack: Stack, name: str) -> tuple[Account, str]:
    """The account and the name of a deployment, given as `support-bot` or as `support.support-bot`, its account first.

    Raises:
        InputError: the stack file names no such deployment, or several.
    """
    named = [
        (f"{account.key}.{deployment.key}", account, deployment.key)
        for account in stack.accounts
        for deployment in account.deployments
    ]
    found = [each for each in named if name in (each[0], each[2])]
    if len(found) == 1:
        return found[0][1:]
    full = tuple(each[0] for each in named)
    if found:
        problem, fix = f"{len(found)} deployments are called `{name}`", "write the account's key before it"
        allowed = tuple(each[0] for each in found)
    else:
        problem, fix, allowed = f"there is no deployment `{name}`", _suggest(name, full), full
    where = Place(name=f"stacks/{stack.name}.yaml", key="accounts")
    raise InputError((Problem(problem=problem, where=where, fix=fix, allowed=allowed),))


async def ask_deployment(
    account: Account, deployment: str, question: str, *, accounts: AccountFinder, connect: Connect
) -> Answer:
    """What a deployment answers.

    Args:
        account: the wanted account that it is in.
        deployment: its name.
        question: the user's message; nothing stands before it.
        accounts: tells the account's endpoint.
        connect: opens the endpoint.

    Raises:
        ServiceRefused: the account is not there, or Azure refused.
    """
    state = await accounts.find_account(account.id)
    if state is None or not state.endpoint:
        raise ServiceRefused((_say_no_endpoint(account.id),))
    async with connect(state) as answerer:
        return await answerer.ask(deployment, question)


def _say_no_endpoint(account: AccountId) -> Problem:
    return Problem(
        problem=f"the account {account.name} is not in Azure, or has no endpoint yet",
        where=Place(name=str(account)),
        fix="bring the stack up with `pulumi up -s <stack>`; another try helps only after that",
    )


def _suggest(name: str, allowed: tuple[str, ...]) -> str:
    names = {each.partition(".")[2]: each for each in allowed}
    nearest = difflib.get_close_matches(name, [*allowed, *names], n=1)
    return f"did you mean `{nearest[0]}`?" if nearest else "name one of the stack file's deployments"
