"""Provisioned capacity is a size that Azure sells for the model's base."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.facts import Facts, PtuSize
from ftdeploy.domain.sizing import is_legal, list_neighbours
from ftdeploy.domain.skus import find_sku
from ftdeploy.domain.wishes import DeploymentWish, Rule
from ftdeploy.errors import Problem

_ID = "ptu-at-legal-size"
_SOURCE = "https://learn.microsoft.com/azure/foundry/openai/how-to/provisioned-throughput-sizing"


def _check(wish: DeploymentWish, facts: Facts) -> Iterator[Problem]:
    sku = find_sku(wish.sku_text)
    if sku is None or not sku.is_provisioned:
        return
    if wish.base is None:
        yield _say_base_unknown(wish)
    elif (size := facts.find_size(wish.base.name, sku)) is None:
        yield _say_figure_missing(wish, wish.base.name)
    elif not is_legal(wish.capacity, size):
        yield _refuse_size(wish, wish.base.name, size)


def _refuse_size(wish: DeploymentWish, base: str, size: PtuSize) -> Problem:
    legal = [str(each) for each in list_neighbours(wish.capacity, size)]
    return Problem(
        problem=(
            f"{wish.capacity} PTU is not a size that Azure sells for {base} on ProvisionedManaged: "
            f"it starts at {size.minimum_ptu} PTU and goes up by {size.step_ptu}"
        ),
        where=wish.where,
        fix="set " + " or ".join(f"`ptu: {each}`" for each in legal),
        source=size.citation,
        rule=_ID,
    )


def _say_figure_missing(wish: DeploymentWish, base: str) -> Problem:
    return Problem(
        problem=(
            f"{wish.capacity} PTU could not be checked: "
            f"the catalogue has no smallest size and step for fine-tuned {base} on ProvisionedManaged"
        ),
        where=wish.where,
        fix=f"look up minimum and step for {base} at the source, and compare them with `ptu: {wish.capacity}`",
        source=_SOURCE,
        rule=_ID,
        level="advisory",
    )


def _say_base_unknown(wish: DeploymentWish) -> Problem:
    return Problem(
        problem=f"{wish.capacity} PTU could not be checked: nothing tells which base model was fine-tuned",
        where=wish.where,
        fix="name the base with `base: {name: …, version: …}`, or the tag `ftdeploy-base-name` on the deployment",
        source=_SOURCE,
        rule=_ID,
        level="advisory",
    )


RULE = Rule(
    id=_ID,
    title="Provisioned capacity is a legal size",
    why=(
        "Azure sells provisioned throughput from a minimum in steps, both by base model and fine-tuned versions alike; "
        "anything between is refused when the deployment is made, half-way through an update"
    ),
    source=_SOURCE,
    check=_check,
)
