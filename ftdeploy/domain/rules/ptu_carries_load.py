"""Provisioned capacity carries the load that is declared for it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ftdeploy.domain.facts import PtuSize
from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.sizing import count_ptu, fit
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def find_size(wish: DeploymentWish, terms: Terms) -> PtuSize | None:
    """How its capacity is sold; None where it is not provisioned, not known, or has no declared load."""
    if wish.load is None or wish.capacity is None or wish.base is None or wish.sku is None:
        return None
    return terms.facts.find_size(wish.base.name, wish.sku)


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    size = find_size(wish, terms)
    if size is None or wish.load is None or wish.capacity is None:
        return
    needed_ptu = count_ptu(wish.load, size)
    if wish.capacity < needed_ptu:
        yield Problem(
            problem=f"{wish.capacity} PTU do not carry the declared load, which needs {math.ceil(needed_ptu)} PTU",
            where=wish.place("ptu"),
            fix=f"set `ptu: {fit(needed_ptu, size)}`, or correct `load`",
            source=size.citation,
        )


RULE = Rule(
    id="ptu-carries-load",
    title="Provisioned capacity carries the declared load",
    why="A provisioned deployment answers 429 to what is above its size, and does not grow by itself",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/provisioned-throughput-sizing",
    judges=DeploymentWish,
    check=_check,
    good=Sample(
        deployment=("{sku: ProvisionedManaged, ptu: 50, load: {rpm: 900, promptTokens: 800, completionTokens: 200}}")
    ),
    bad=Sample(
        deployment=("{sku: ProvisionedManaged, ptu: 25, load: {rpm: 900, promptTokens: 800, completionTokens: 200}}")
    ),
)
