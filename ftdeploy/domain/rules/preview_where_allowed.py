"""What has no service level stands only where that is allowed."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if wish.base is None or wish.sku is None or terms.limits.allow_preview:
        return
    offer = terms.facts.offers.get((wish.base.name, wish.sku))
    if offer is not None and offer.is_preview:
        yield Problem(
            problem=f"{wish.sku} for fine-tuned {wish.base.name} is a preview, which is not allowed here",
            where=wish.place("sku"),
            fix="set another `sku`, or allow it in `fleet.yaml` with `limits: {allowPreview: true}`",
            source=offer.citation,
        )


RULE = Rule(
    id="preview-where-allowed",
    title="No preview where it is forbidden",
    why="Previews have no service level, and Azure advises against them in production",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-deploy",
    judges=DeploymentWish,
    check=_check,
    limits=("allow_preview",),
    good=Sample(
        deployment="{sku: GlobalStandard, kTpm: 10}",
        fleet="rules: [{match: {}, limits: {allowPreview: true}}]",
        as_of="2025-03-01",
    ),
    bad=Sample(
        deployment="{sku: GlobalStandard, kTpm: 10}",
        fleet="rules: [{match: {}, limits: {allowPreview: false}}]",
        as_of="2025-03-01",
    ),
)
