"""Names of accounts, which are subdomains, are used once in all stacks."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import FleetWish
from ftdeploy.errors import Problem


def _check(wish: FleetWish, terms: Terms) -> Iterator[Problem]:
    first: dict[str, tuple[str, str]] = {}
    for stack in wish.stacks:
        for account in stack.accounts:
            if account.id is None:
                continue
            mine = str(account.id).lower()
            other, owner = first.setdefault(account.id.name.lower(), (mine, stack.resource))
            if other != mine:
                yield Problem(
                    problem=f"stack `{owner}` has another account of the name {account.id.name}",
                    where=account.place("name"),
                    fix="rename one of the two: the name is the subdomain, and no two in the world are the same",
                    resource=account.resource,
                )


RULE = Rule(
    id="names-unique",
    title="Account names are unique over all stacks",
    why="An account's name is its subdomain; Azure refuses the second one, in any subscription or tenant",
    source="https://learn.microsoft.com/azure/ai-services/cognitive-services-custom-subdomains",
    judges=FleetWish,
    check=_check,
    is_local=False,
    good=Sample(note="one stack"),
    bad=Sample(note="a second stack creates an account of the same name in another subscription"),
)
