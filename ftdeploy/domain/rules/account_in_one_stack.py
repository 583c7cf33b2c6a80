"""An account is filled by one stack only."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import FleetWish
from ftdeploy.errors import Problem


def _check(wish: FleetWish, terms: Terms) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for stack in wish.stacks:
        for account in stack.accounts:
            if account.id is None:
                continue
            owner = owners.setdefault(str(account.id).lower(), stack.resource)
            if owner != stack.resource:
                yield Problem(
                    problem=f"the account {account.id.name} is in stack `{owner}` already",
                    where=account.place(""),
                    fix=f"move its deployments and access into `{owner}`",
                    resource=account.resource,
                )


RULE = Rule(
    id="account-in-one-stack",
    title="An account is in one stack only",
    why=(
        "Azure takes one write at a time for an account; two stacks that write to it hinder each other, "
        "and neither sees what the other deletes"
    ),
    source="https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling",
    judges=FleetWish,
    check=_check,
    is_local=False,
    good=Sample(note="one stack"),
    bad=Sample(note="a second stack names the same account"),
)
