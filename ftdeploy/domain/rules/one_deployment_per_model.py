"""A fine-tuned model has one deployment in an account, as long as Azure allows no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ftdeploy.domain.facts import LimitName
from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish, DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    limit = terms.facts.limits.get(LimitName.DEPLOYMENTS_PER_FINE_TUNED_MODEL)
    if limit is None:
        return
    by_model: dict[str, list[DeploymentWish]] = defaultdict(list)
    for each in sorted(wish.deployments, key=lambda each: each.name or ""):
        if each.is_fine_tuned:
            by_model[each.model or ""].append(each)
    for model, found in by_model.items():
        for extra in found[limit.most :]:
            yield Problem(
                problem=f"`{found[0].name}` deploys {model} already, and Azure allows {limit.most} in an account",
                where=extra.place("model"),
                fix="remove one of the two, or deploy it in another account",
                source=limit.citation,
            )


RULE = Rule(
    id="one-deployment-per-model",
    title="One deployment a model, where that applies",
    why="Until 27 February 2025 Azure allowed a fine-tuned model one deployment in an account",
    source="https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy",
    judges=AccountWish,
    check=_check,
    is_local=False,
    good=Sample(deployment="{sku: Standard, kTpm: 10}", as_of="2025-02-26"),
    bad=Sample(
        account="{deployments: {second-bot: {model: support-bot@MODEL, sku: Standard, kTpm: 1}}}",
        as_of="2025-02-26",
    ),
)
