"""What a subscription is told today of sizes and ends of models, and how it differs from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ftdeploy.domain.facts import Facts, PtuSize
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.skus import Sku


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """A base model as Azure's models API has it in one region."""

    region: str
    model: BaseModel
    sizes: Mapping[Sku, tuple[int, int]]
    """Smallest size and step in PTU, by provisioned SKU."""
    training_retires: date | None
    deployment_retires: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSize:
    """A base model's sizes where they are not those of the catalogue."""

    base: str
    regional: tuple[int, int]
    """Smallest size and step, in PTU."""
    shared: tuple[int, int]
    known: PtuSize
    """What a PTU carries, which the models API does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEnd:
    """When a base model ends, where that is not what the catalogue says."""

    model: BaseModel
    training_retires: date | None
    deployment_retires: date | None


def find_sizes(offerings: Iterable[Offering], facts: Facts) -> Iterator[LiveSize]:
    """Sizes that differ from the catalogue's; of several regions the last one that names a size holds.

    A model of which the catalogue does not know what a PTU carries is left out: a size alone sizes nothing.
    """
    told: dict[str, dict[Sku, tuple[int, int]]] = {}
    for each in offerings:
        told.setdefault(each.model.name, {}).update(each.sizes)
    for base, sizes in sorted(told.items()):
        known = facts.find_size(base)
        if known is None:
            continue
        regional = sizes.get(Sku.PROVISIONED, _get(facts, base, Sku.PROVISIONED))
        shared = sizes.get(
            Sku.GLOBAL_PROVISIONED,
            sizes.get(Sku.DATA_ZONE_PROVISIONED, _get(facts, base, Sku.GLOBAL_PROVISIONED)),
        )
        now = (_get(facts, base, Sku.PROVISIONED), _get(facts, base, Sku.GLOBAL_PROVISIONED))
        if (regional, shared) != now:
            yield LiveSize(base=base, regional=regional, shared=shared, known=known)


def _get(facts: Facts, base: str, sku: Sku) -> tuple[int, int]:
    size = facts.find_size(base, sku)
    return (0, 0) if size is None else (size.minimum_ptu, size.step_ptu)


def find_ends(offerings: Iterable[Offering], facts: Facts) -> Iterator[LiveEnd]:
    """Ends of fine-tunable models that differ from the catalogue's."""
    told = {
        each.model: LiveEnd(
            model=each.model, training_retires=each.training_retires, deployment_retires=each.deployment_retires
        )
        for each in offerings
        if each.model.name in facts.base_models and (each.training_retires or each.deployment_retires)
    }
    for model, end in sorted(told.items(), key=lambda each: str(each[0])):
        known = facts.lifecycles.get(model)
        now = (known.training_retires, known.deployment_retires) if known else (None, None)
        if (end.training_retires, end.deployment_retires) != now:
            yield end
