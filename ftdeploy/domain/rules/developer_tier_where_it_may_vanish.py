"""Deployments that Azure removes after a day stand only where that is allowed."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if wish.sku is Sku.DEVELOPER_TIER and not terms.limits.allow_developer_tier:
        stage = f"stage {wish.scope.stage}" if wish.scope.stage else "a stage nobody named"
        yield Problem(
            problem=f"Azure removes a DeveloperTier deployment 24 hours after it was made, and {stage} allows none",
            where=wish.place("sku"),
            fix="set `sku: GlobalStandard`, or allow it in `fleet.yaml` with `limits: {allowDeveloperTier: true}`",
        )


RULE = Rule(
    id="developer-tier-where-it-may-vanish",
    title="DeveloperTier only where it may vanish",
    why="A DeveloperTier deployment is removed a day after it was made, whatever its traffic, and has no service level",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tune-test",
    judges=DeploymentWish,
    check=_check,
    limits=("allow_developer_tier",),
    good=Sample(
        deployment="{sku: DeveloperTier, kTpm: 50}",
        fleet="rules: [{match: {}, limits: {allowDeveloperTier: true}}]",
    ),
    bad=Sample(
        deployment="{sku: DeveloperTier, kTpm: 50}",
        fleet="rules: [{match: {}, limits: {allowDeveloperTier: false}}]",
    ),
)
