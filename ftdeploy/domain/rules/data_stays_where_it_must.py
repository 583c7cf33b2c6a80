"""Prompts, answers and weights go no further than the stage allows."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.terms import DataStays, Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem

_REACH = {
    Sku.STANDARD: DataStays.REGION,
    Sku.PROVISIONED: DataStays.REGION,
    Sku.DATA_ZONE_STANDARD: DataStays.DATA_ZONE,
    Sku.DATA_ZONE_PROVISIONED: DataStays.DATA_ZONE,
}
"""How far each type takes data; every other one takes it anywhere, weights too."""
_ORDER = tuple(DataStays)


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    allowed = terms.limits.data_stays
    if allowed is DataStays.ANYWHERE or wish.sku is None:
        return
    reach = _REACH.get(wish.sku, DataStays.ANYWHERE)
    if _ORDER.index(reach) > _ORDER.index(allowed):
        fitting = tuple(sku.value for sku, each in _REACH.items() if _ORDER.index(each) <= _ORDER.index(allowed))
        far = "in any region" if reach is DataStays.ANYWHERE else "in any region of the data zone"
        yield Problem(
            problem=f"{wish.sku} processes data {far}, and data must stay in the {_say(allowed)} here",
            where=wish.place("sku"),
            fix=f"set `sku:` to one of {', '.join(fitting)}",
            allowed=fitting,
        )
    yield from _check_weights(wish, terms)


def _check_weights(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if wish.source is None or wish.region is None or wish.source_region is None:
        return
    allowed = terms.limits.data_stays
    if not wish.region or not wish.source_region:
        missing = "`region:` beside `existing:`" if not wish.region else "`region:` into the model's origin"
        yield Problem(
            problem=f"whether the weights stay in the {_say(allowed)} could not be checked: a region is not known",
            where=wish.place("model"),
            fix=f"write {missing}",
            level="advisory",
        )
    elif not _is_near(wish.region, wish.source_region, terms):
        yield Problem(
            problem=(
                f"the weights lie in {wish.source_region} and are copied to {wish.region}, "
                f"and data must stay in the {_say(allowed)} here"
            ),
            where=wish.place("model"),
            fix="train the model where it is deployed, or name an origin there",
        )


def _is_near(here: str, there: str, terms: Terms) -> bool:
    if here == there or terms.limits.data_stays is DataStays.REGION:
        return here == there
    zones = [terms.facts.regions[each].data_zone if each in terms.facts.regions else "" for each in (here, there)]
    return zones[0] == zones[1] != ""


def _say(stays: DataStays) -> str:
    return "data zone" if stays is DataStays.DATA_ZONE else "region"


RULE = Rule(
    id="data-stays-where-it-must",
    title="Data and weights stay where they must",
    why=(
        "Global types process prompts in any region and may hold weights there for a while, a copy of a model takes "
        "what it learned with it, and DeveloperTier promises no place at all"
    ),
    source="https://learn.microsoft.com/azure/foundry/foundry-models/concepts/deployment-types",
    judges=DeploymentWish,
    check=_check,
    is_local=False,
    limits=("data_stays",),
    good=Sample(
        deployment="{sku: Standard, kTpm: 10}",
        fleet="rules: [{match: {}, limits: {dataStays: region}}]",
    ),
    bad=Sample(
        deployment="{sku: GlobalStandard, kTpm: 10}",
        fleet="rules: [{match: {}, limits: {dataStays: region}}]",
    ),
)
