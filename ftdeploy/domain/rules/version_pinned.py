"""A deployment keeps its model until somebody changes it."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem

_PINNED = "NoAutoUpgrade"


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if wish.version_upgrade is not None and wish.version_upgrade != _PINNED:
        said = f"`{wish.version_upgrade}`" if wish.version_upgrade else "nothing, which lets Azure upgrade it"
        yield Problem(
            problem=f"`versionUpgradeOption` says {said}",
            where=wish.place("model"),
            fix=f"set `versionUpgradeOption: {_PINNED}`",
            allowed=(_PINNED,),
        )


RULE = Rule(
    id="version-pinned",
    title="The model's version is pinned",
    why="A model that Azure exchanges by itself is one that nobody evaluated",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/working-with-models",
    judges=DeploymentWish,
    check=_check,
    good=Sample(deployment="{sku: Standard, kTpm: 10}"),
    bad=Sample(note="a program sets `versionUpgradeOption: OnceNewDefaultVersionAvailable`; stack files cannot say it"),
)
