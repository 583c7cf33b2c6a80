"""Provisioned capacity is at most one step above what the declared load needs."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Level, Rule, Sample
from ftdeploy.domain.rules.ptu_carries_load import find_size
from ftdeploy.domain.sizing import count_ptu, fit
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    size = find_size(wish, terms)
    if size is None or wish.load is None or wish.capacity is None:
        return
    enough_ptu = fit(count_ptu(wish.load, size), size)
    if wish.capacity > enough_ptu + size.step_ptu:
        yield Problem(
            problem=f"{wish.capacity} PTU are bought for a declared load that {enough_ptu} PTU carry",
            where=wish.place("ptu"),
            fix=f"set `ptu: {enough_ptu}`, or `ptu: {enough_ptu + size.step_ptu}` with one step to spare",
            source=size.citation,
        )


RULE = Rule(
    id="ptu-near-load",
    title="Provisioned capacity is at most one step above the load",
    why="Every PTU is paid by the hour whether it is used or not",
    source="https://learn.microsoft.com/azure/foundry/openai/concepts/provisioned-throughput-billing",
    judges=DeploymentWish,
    check=_check,
    level=Level.ADVISORY,
    good=Sample(
        deployment="{sku: ProvisionedManaged, ptu: 50, load: {rpm: 90, promptTokens: 800, completionTokens: 200}}"
    ),
    bad=Sample(
        deployment="{sku: ProvisionedManaged, ptu: 75, load: {rpm: 90, promptTokens: 800, completionTokens: 200}}"
    ),
)
