"""The catalogue and the emulator's own figures were written apart, from the same pages; every disagreement is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from ftdeploy.catalog.load import load_facts
from ftdeploy.domain.facts import Facts, PtuSize
from ftdeploy.domain.models import BaseModel as CatalogModel
from ftdeploy.rehearsal.azure.cognitiveservices.witness import REGIONAL_PROVISIONED, BaseModel, list_base_models
from ftdeploy.rehearsal.azure.rbac import list_roles

TODAY = date(2026, 11, 26)
EARLY = date(2025, 3, 1)
"""The emulator also has what was sold before the catalogue begins; what the catalogue has must agree."""


def load(day: date) -> tuple[Facts, dict[str, BaseModel]]:
    witness = list_base_models(datetime(day.year, day.month, day.day, tzinfo=UTC))
    return load_facts(day), {each.name: each for each in witness}


def find_disagreements(facts: Facts, witness: dict[str, BaseModel]) -> Iterator[str]:
    """One line for each."""
    for name in sorted(facts.base_models - set(witness)):
        yield f"{name}: in the catalogue, unknown to the emulator"
    for name, model in sorted(witness.items()):
        size = facts.find_size(name)
        if size is not None and model.regional_ptu:
            yield from compare_sizes(name, size, model)
        yield from compare_offers(name, facts, model)
        yield from compare_retirement(facts, model)
    for each in witness.values():
        is_provisioned = each.name in facts.base_models and REGIONAL_PROVISIONED in each.fine_tuned_regions
        if is_provisioned and facts.find_size(each.name) is None:
            yield f"{each.name}: provisioned, without a size in the catalogue"
        named = {region for regions in each.fine_tuned_regions.values() for region in regions}
        for region in sorted(named - set(facts.regions)):
            yield f"{each.name}: sold in {region}, which the catalogue does not know"


def compare_offers(name: str, facts: Facts, model: BaseModel) -> Iterator[str]:
    """A SKU that is sold everywhere has no regions in the emulator, and None in the catalogue."""
    ours = {sku.value: offer.regions for (base, sku), offer in facts.offers.items() if base == name}
    theirs = {sku: frozenset(regions) or None for sku, regions in model.fine_tuned_regions.items()}
    for sku in sorted(ours.keys() | theirs.keys()):
        if sku not in ours or sku not in theirs:
            who = "the emulator" if sku in theirs else "the catalogue"
            yield f"{name}: {sku} is offered to fine-tuned versions in {who} only"
        elif ours[sku] != theirs[sku]:
            yield f"{name}: {sku} is in {_say(ours[sku])} in the catalogue, and in {_say(theirs[sku])} in the emulator"


def _say(regions: frozenset[str] | None) -> str:
    return "every region" if regions is None else ", ".join(sorted(regions))


def compare_retirement(facts: Facts, model: BaseModel) -> Iterator[str]:
    ours = facts.lifecycles.get(CatalogModel(name=model.name, version=model.version))
    pairs = {
        "deployments retire": (ours.deployment_retires if ours else None, model.retires),
        "training retires": (ours.training_retires if ours else None, model.stops_training),
    }
    for what, (mine, theirs) in pairs.items():
        if mine != (theirs.date() if theirs else None):
            yield f"{model.name}: {what} on {mine} in the catalogue and on {theirs} in the emulator"


def compare_sizes(name: str, size: PtuSize, model: BaseModel) -> Iterator[str]:
    pairs = {
        "minimum": (size.minimum_ptu, model.regional_ptu),
        "step": (size.step_ptu, model.regional_ptu),
        "input tokens a minute for each PTU": (size.input_tpm_per_ptu, model.input_tpm_per_ptu),
        "weight of output tokens": (size.output_weight, model.output_weight),
    }
    for what, (ours, theirs) in pairs.items():
        if ours != theirs:
            yield f"{name}: {what} is {ours} in the catalogue and {theirs} in the emulator"


@pytest.mark.parametrize("day", [TODAY, EARLY], ids=str)
def test_catalogue_and_emulator_agree(day: date) -> None:
    facts, witness = load(day)

    assert list(find_disagreements(facts, witness)) == []


def test_today_neither_knows_a_model_that_the_other_does_not() -> None:
    facts, witness = load(TODAY)

    assert sorted(set(witness) ^ facts.base_models) == []


def test_roles_have_the_same_ids() -> None:
    theirs = {each.name: each.id for each in list_roles()}
    ours = {name: each.guid for name, each in load_facts(TODAY).roles.items()}

    assert {name: theirs.get(name) for name in ours} == ours


def test_disagreement_is_named() -> None:
    facts, witness = load(TODAY)
    witness.pop("gpt-4o-mini")

    assert "gpt-4o-mini: in the catalogue, unknown to the emulator" in list(find_disagreements(facts, witness))
