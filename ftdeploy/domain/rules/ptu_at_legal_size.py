"""Provisioned capacity is a size that Azure sells for the model's base."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.facts import Facts, Price, PtuSize
from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.sizing import is_legal, list_neighbours
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem

_SOURCE = "https://learn.microsoft.com/azure/foundry/openai/how-to/provisioned-throughput-sizing"


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    sku = wish.sku
    if sku is None or not sku.is_provisioned or wish.capacity is None or wish.model is None:
        return
    if wish.base is None:
        yield _say_base_unknown(wish)
    elif (size := terms.facts.find_size(wish.base.name, sku)) is None:
        yield _say_figure_missing(wish, wish.base.name)
    elif not is_legal(wish.capacity, size):
        yield _refuse_size(wish, wish.base.name, size, terms.facts)


def _refuse_size(wish: DeploymentWish, base: str, size: PtuSize, facts: Facts) -> Problem:
    price = facts.ptu_prices.get(wish.sku) if wish.sku else None
    legal = [_describe(each, size, price) for each in list_neighbours(wish.capacity or 0, size)]
    return Problem(
        problem=(
            f"{wish.capacity} PTU is not a size that Azure sells for {base} on {wish.sku}: "
            f"it starts at {size.minimum_ptu} PTU and goes up by {size.step_ptu}"
        ),
        where=wish.place("ptu"),
        fix="set " + " or ".join(legal),
        source=size.citation,
    )


def _describe(capacity_ptu: int, size: PtuSize, price: Price | None) -> str:
    cost = f"{capacity_ptu * price.amount_usd:,.2f} USD an hour" if price else "price unknown"
    return f"`ptu: {capacity_ptu}` ({capacity_ptu * size.input_tpm_per_ptu:,} input tokens a minute, {cost})"


def _say_figure_missing(wish: DeploymentWish, base: str) -> Problem:
    return Problem(
        problem=(
            f"{wish.capacity} PTU could not be checked: the catalogue has no smallest size and step for {base} "
            f"on {wish.sku}"
        ),
        where=wish.place("ptu"),
        fix=f"look up minimum and step for {base} at the source, and compare them with `ptu: {wish.capacity}`",
        level="advisory",
    )


def _say_base_unknown(wish: DeploymentWish) -> Problem:
    return Problem(
        problem=f"{wish.capacity} PTU could not be checked: nothing tells which base model was fine-tuned",
        where=wish.place("ptu"),
        fix="name the base with `base: {name: …, version: …}`, or the tag `ftdeploy-base-name` on the deployment",
        level="advisory",
    )


RULE = Rule(
    id="ptu-at-legal-size",
    title="Provisioned capacity is a legal size",
    why=(
        "Azure sells provisioned throughput from a minimum in steps, both by base model and fine-tuned versions alike; "
        "anything between is refused when the deployment is made, half-way through an update"
    ),
    source=_SOURCE,
    judges=DeploymentWish,
    check=_check,
    good=Sample(deployment="{sku: ProvisionedManaged, ptu: 50}"),
    bad=Sample(deployment="{sku: ProvisionedManaged, ptu: 40}"),
)
