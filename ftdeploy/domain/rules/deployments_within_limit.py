"""An account has no more deployments than Azure allows."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.facts import LimitName
from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish
from ftdeploy.errors import Problem


def _check(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    count = sum(1 for each in wish.deployments if not each.is_provisioned)
    limit = terms.facts.limits.get(LimitName.DEPLOYMENTS_PER_ACCOUNT)
    if limit is not None and count > limit.most:
        yield Problem(
            problem=f"{count} standard deployments are more than the {limit.most} that Azure allows one account",
            where=wish.place("deployments"),
            fix=f"move {count - limit.most} of them to another account",
            source=limit.citation,
        )


_MANY = ", ".join(f"bot-{number}: {{model: support-bot@MODEL, sku: Standard, kTpm: 1}}" for number in range(40))

RULE = Rule(
    id="deployments-within-limit",
    title="An account's deployments are within Azure's limit",
    why="Azure refuses the deployment that is one too many, half-way through an update",
    source="https://learn.microsoft.com/azure/foundry/openai/quotas-limits",
    judges=AccountWish,
    check=_check,
    is_local=False,
    good=Sample(deployment="{sku: Standard, kTpm: 10}"),
    bad=Sample(account=f"{{deployments: {{{_MANY}}}}}"),
)
