"""Accounts take no API keys."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish
from ftdeploy.errors import Problem


def _check(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    if wish.is_new and wish.has_keys:
        yield Problem(
            problem="the account takes API keys, which tell nobody apart and do not end",
            where=wish.place(""),
            fix="set `disableLocalAuth: true`, and call it with Entra tokens",
        )


RULE = Rule(
    id="keys-off",
    title="API keys are off",
    why="A key gives everything to whoever has it; tokens end after an hour and name their holder",
    source="https://learn.microsoft.com/azure/ai-services/disable-local-auth",
    judges=AccountWish,
    check=_check,
    good=Sample(deployment="{sku: Standard, kTpm: 10}"),
    bad=Sample(note="a program leaves `disableLocalAuth` out; accounts of stack files never take keys"),
)
