"""An account has no more deployments of fine-tuned models than Azure allows."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.facts import LimitName
from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish
from ftdeploy.errors import Problem


def _check(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    count = sum(1 for each in wish.deployments if each.is_fine_tuned)
    limit = terms.facts.limits.get(LimitName.FINE_TUNED_DEPLOYMENTS_PER_ACCOUNT)
    if limit is not None and count > limit.most:
        yield Problem(
            problem=f"{count} deployments of fine-tuned models are more than the {limit.most} that Azure grants first",
            where=wish.place("deployments"),
            fix=(
                f"move {count - limit.most} of them to another account; "
                "or ask Azure for more, and write a waiver into `fleet.yaml`"
            ),
            source=limit.citation,
        )


_MANY = ", ".join(f"bot-{number}: {{model: support-bot@MODEL, sku: Standard, kTpm: 1}}" for number in range(11))

RULE = Rule(
    id="fine-tuned-deployments-within-limit",
    title="An account's fine-tuned deployments are within Azure's limit",
    why="Azure refuses the deployment that is one too many, half-way through an update",
    source="https://learn.microsoft.com/azure/foundry/openai/quotas-limits",
    judges=AccountWish,
    check=_check,
    is_local=False,
    good=Sample(deployment="{sku: Standard, kTpm: 10}"),
    bad=Sample(account=f"{{deployments: {{{_MANY}}}}}"),
)
