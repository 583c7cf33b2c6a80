"""Accounts do not answer from the internet where that is demanded."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish
from ftdeploy.errors import Problem


def _check(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    if terms.limits.require_private_network and wish.is_new and wish.is_public:
        yield Problem(
            problem="the account answers from the internet, and must not here",
            where=wish.place("publicNetworkAccess"),
            fix="set `publicNetworkAccess: Disabled`, and reach it by a private endpoint",
        )


RULE = Rule(
    id="network-private",
    title="No way in from the internet where that is demanded",
    why="A token that leaks is of no use to those who cannot reach the endpoint",
    source="https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks",
    judges=AccountWish,
    check=_check,
    limits=("require_private_network",),
    good=Sample(
        account="{publicNetworkAccess: Disabled}",
        fleet="rules: [{match: {}, limits: {requirePrivateNetwork: true}}]",
    ),
    bad=Sample(
        account="{publicNetworkAccess: Enabled}",
        fleet="rules: [{match: {}, limits: {requirePrivateNetwork: true}}]",
    ),
)
