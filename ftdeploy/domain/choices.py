"""The ways to buy provisioned throughput for a load: sizes, use, head-room, prices, and what would do with less."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ftdeploy.domain.cost import HOURS_A_MONTH, price_tokens
from ftdeploy.domain.facts import Facts, PtuSize
from ftdeploy.domain.sizing import NO_CACHE, count_ptu, find_step_below, fit, normalise
from ftdeploy.domain.skus import PROVISIONED_SKUS, Sku
from ftdeploy.domain.stacks import Load

_TOKEN_SKUS = {
    Sku.PROVISIONED: Sku.STANDARD,
    Sku.DATA_ZONE_PROVISIONED: Sku.DATA_ZONE_STANDARD,
    Sku.GLOBAL_PROVISIONED: Sku.GLOBAL_STANDARD,
}
"""What is paid by the token and processes data as far away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBelow:
    """What the next smaller size would need."""

    capacity_ptu: int
    rpm: int | None
    """Most requests a minute that it carries."""
    cache_rate: Fraction | None
    """Least share of cached prompt tokens at which it carries the load; None where no share is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to buy provisioned throughput for a load."""

    sku: Sku
    is_offered: bool
    """Whether fine-tuned versions of the base can be deployed on it; True for a base model."""
    size: PtuSize
    normalised_tpm: Fraction
    needed_ptu: Fraction
    """Before rounding to a size that can be bought."""
    capacity_ptu: int
    """The smallest legal size."""
    most_rpm: int | None
    """Requests a minute, of the load's shape, that it carries; None where such requests cost it nothing."""
    below: StepBelow | None
    """None where it is the smallest size."""
    hour_usd: Decimal | None
    """None where the price of a PTU is not known."""
    break_even_rpm: int | None
    """Requests a minute, all the time, from which tokens on `token_sku` cost as much.

    None where a price is not known.
    """
    token_sku: Sku

    @property
    def utilisation(self) -> Fraction:
        """Share of the size that the load takes, from 0 to 1."""
        return self.needed_ptu / self.capacity_ptu

    @property
    def month_usd(self) -> Decimal | None:
        """None where the price of a PTU is not known."""
        return None if self.hour_usd is None else self.hour_usd * HOURS_A_MONTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """The ways to buy provisioned throughput for one load."""

    base: str
    """Name of the base model."""
    is_fine_tuned: bool
    """Whether a fine-tuned version of it is meant."""
    load: Load
    cache_rate: Fraction
    choices: tuple[Choice, ...]


def size_load(load: Load, *, base: str, facts: Facts, is_fine_tuned: bool, cache_rate: Fraction = NO_CACHE) -> Sized:
    """Every provisioned type that the catalogue has sizes for, from the one that keeps data nearest.

    Args:
        load: at its peak; at least one token a request.
        base: name of the base model.
        facts: the catalogue.
        is_fine_tuned: whether a fine-tuned version of it is meant.
        cache_rate: share of prompt tokens that come from the cache, from 0 to 1.
    """
    chooser = _Chooser(load=load, base=base, facts=facts, is_fine_tuned=is_fine_tuned, cache_rate=cache_rate)
    return Sized(
        base=base,
        is_fine_tuned=is_fine_tuned,
        load=load,
        cache_rate=cache_rate,
        choices=tuple(chooser.list_choices()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chooser:
    """Answers for one load."""

    load: Load
    base: str
    facts: Facts
    is_fine_tuned: bool
    cache_rate: Fraction

    def list_choices(self) -> Iterator[Choice]:
        for sku in PROVISIONED_SKUS:
            size = self.facts.find_size(self.base, sku)
            if size is not None:
                yield self._choose(sku, size)

    def _choose(self, sku: Sku, size: PtuSize) -> Choice:
        needed_ptu = count_ptu(self.load, size, self.cache_rate)
        capacity_ptu = fit(needed_ptu, size)
        price = self.facts.ptu_prices.get(sku)
        hour_usd = None if price is None else price.amount_usd * capacity_ptu
        return Choice(
            sku=sku,
            is_offered=not self.is_fine_tuned or (self.base, sku) in self.facts.offers,
            size=size,
            normalised_tpm=normalise(self.load, size, self.cache_rate),
            needed_ptu=needed_ptu,
            capacity_ptu=capacity_ptu,
            most_rpm=self._count_rpm(capacity_ptu, size),
            below=self._look_below(capacity_ptu, size),
            hour_usd=hour_usd,
            break_even_rpm=None if hour_usd is None else self._break_even(hour_usd, _TOKEN_SKUS[sku]),
            token_sku=_TOKEN_SKUS[sku],
        )

    @property
    def _one(self) -> Load:
        """One request a minute of the load's shape."""
        return Load(rpm=1, prompt_tokens=self.load.prompt_tokens, completion_tokens=self.load.completion_tokens)

    def _count_rpm(self, capacity_ptu: int, size: PtuSize) -> int | None:
        each_ptu = count_ptu(self._one, size, self.cache_rate)
        return math.floor(capacity_ptu / each_ptu) if each_ptu else None

    def _look_below(self, capacity_ptu: int, size: PtuSize) -> StepBelow | None:
        below_ptu = find_step_below(capacity_ptu, size)
        if below_ptu is None:
            return None
        rate = self._find_cache_rate(below_ptu, size)
        return StepBelow(capacity_ptu=below_ptu, rpm=self._count_rpm(below_ptu, size), cache_rate=rate)

    def _find_cache_rate(self, capacity_ptu: int, size: PtuSize) -> Fraction | None:
        if not size.are_cached_tokens_free:
            return None
        too_many = normalise(self.load, size) - capacity_ptu * size.input_tpm_per_ptu
        rate = too_many / (self.load.rpm * self.load.prompt_tokens)
        return rate if rate <= 1 else None

    def _break_even(self, hour_usd: Decimal, token_sku: Sku) -> int | None:
        """Hosting of the token deployment counts for it."""
        prices = self.facts.token_prices.get((self.base, token_sku))
        hosting = self.facts.hosting_prices.get((self.base, token_sku))
        if prices is None or hosting is None:
            return None
        hour_of_one = Fraction(price_tokens(self._one, prices)) * 60
        dearer = max(Fraction(0), Fraction(hour_usd) - Fraction(hosting.amount_usd))
        return math.ceil(dearer / hour_of_one)
