"""The SKU is one that Azure offers to fine-tuned versions of the base."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if wish.base is None or not wish.is_fine_tuned:
        return
    base = wish.base.name
    offered = [sku for sku in Sku if (base, sku) in terms.facts.offers]
    if not offered:
        yield Problem(
            problem=f"`{wish.sku_text}` could not be checked: the catalogue has no offers for fine-tuned {base}",
            where=wish.place("sku"),
            fix=f"look up where fine-tuned {base} can be deployed, and compare",
            level="advisory",
        )
    elif wish.sku not in offered:
        names = tuple(each.value for each in offered)
        yield Problem(
            problem=f"Azure does not offer {wish.sku or wish.sku_text} to fine-tuned {base}",
            where=wish.place("sku"),
            fix=f"set `sku:` to {' or '.join(f'`{each}`' for each in names)}",
            allowed=names,
            source=terms.facts.offers[base, offered[0]].citation,
        )


RULE = Rule(
    id="sku-offered-for-model",
    title="The SKU is offered to this fine-tuned model",
    why="Which deployment types take fine-tuned versions differs by base model, and Azure refuses the others",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-deploy",
    judges=DeploymentWish,
    check=_check,
    good=Sample(deployment="{sku: Standard, kTpm: 10}"),
    bad=Sample(deployment="{sku: DeveloperTier, kTpm: 10}"),
)
