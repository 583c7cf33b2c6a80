"""Size provisioned throughput: for a declared load, and for measured traffic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from ftdeploy.catalog.load import LOCK, load_facts
from ftdeploy.domain.choices import Sized, size_load
from ftdeploy.domain.facts import Facts
from ftdeploy.domain.models import find_base
from ftdeploy.domain.stacks import Load
from ftdeploy.domain.traffic import Minute, SizedTraffic, fit_traffic
from ftdeploy.errors import InputError, Place, Problem
from ftdeploy.files.models import Shelf
from ftdeploy.files.references import find_model
from ftdeploy.files.spelling import find_nearest, list_if_short


@dataclass(frozen=True, slots=True, kw_only=True)
class SizedModel:
    """What is sized."""

    base: str
    """Name of the base model."""
    is_fine_tuned: bool
    facts: Facts


def find_sized_model(text: str, *, root: Path | None, today: date) -> SizedModel:
    """The base of what `--model` names: a base model, a fine-tuned model, or `<name>@<id>` of a repository's `models/`.

    Raises:
        InputError: it is none that the catalogue has sizes for.
    """
    facts = load_facts(today, lock=None if root is None else root / LOCK)
    known = sorted({base for base, _ in facts.ptu_sizes})
    if "@" in text and root is not None:
        model = find_model(text, Shelf(root, facts))
        base = None if model is None else model.base
    else:
        base = find_base(text)
    name = base.name if base else text
    if name in known:
        return SizedModel(base=name, is_fine_tuned=base is not None, facts=facts)
    nearest = find_nearest(name, known)
    fix = f"did you mean `--model {nearest}`?" if nearest else "name a model that has sizes"
    problem = f"the catalogue has no sizes of provisioned throughput for `{text}`"
    raise InputError((Problem(problem=problem, where=Place(name="--model"), fix=fix, allowed=list_if_short(known)),))


def size_model(model: SizedModel, load: Load, *, cache_rate: Fraction) -> Sized:
    """Every way to buy provisioned throughput for a load."""
    return size_load(load, base=model.base, facts=model.facts, is_fine_tuned=model.is_fine_tuned, cache_rate=cache_rate)


def size_traffic(model: SizedModel, minutes: Sequence[Minute]) -> SizedTraffic:
    """Sizes for peak, p99 and p95 of measured traffic, on every provisioned type."""
    sizes = {sku: size for (base, sku), size in model.facts.ptu_sizes.items() if base == model.base}
    return SizedTraffic(
        base=model.base,
        minutes=tuple(minutes),
        sizes=sizes,
        fitted={sku: fit_traffic(minutes, size) for sku, size in sizes.items()},
    )
