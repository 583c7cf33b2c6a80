"""Sizes for measured traffic: what its peak and its high percentiles need, and what each size would throttle."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from ftdeploy.domain.facts import PtuSize
from ftdeploy.domain.sizing import fit
from ftdeploy.domain.skus import Sku

LEVELS: dict[str, Fraction] = {"peak": Fraction(1), "p99": Fraction(99, 100), "p95": Fraction(95, 100)}
"""Share of minutes that a size has to carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """What was asked and answered in one minute."""

    at: datetime
    requests: int
    prompt_tokens: int
    """Cached ones too."""
    completion_tokens: int
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A size for a share of the minutes."""

    level: str
    """`peak`, `p99` or `p95`."""
    tpm: Fraction
    """Normalised input tokens of the busiest minute that it has to carry."""
    capacity_ptu: int
    throttled_minutes: int
    """Minutes that need more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SizedTraffic:
    """Sizes for measured traffic."""

    base: str
    """Name of the base model."""
    minutes: tuple[Minute, ...]
    sizes: Mapping[Sku, PtuSize]
    fitted: Mapping[Sku, tuple[Fitted, ...]]
    """For peak, p99 and p95, by provisioned type."""


def normalise_minute(minute: Minute, size: PtuSize) -> Fraction:
    """A minute's tokens as provisioned throughput counts them."""
    cached = minute.cached_tokens if size.are_cached_tokens_free else 0
    return Fraction(minute.prompt_tokens - cached + size.output_weight * minute.completion_tokens)


def fit_traffic(minutes: Sequence[Minute], size: PtuSize) -> tuple[Fitted, ...]:
    """The smallest legal sizes for peak, p99 and p95; a percentile is that of the nearest rank.

    Raises:
        ValueError: there are no minutes.
    """
    if not minutes:
        raise ValueError("there are no minutes")
    needed = sorted(normalise_minute(each, size) for each in minutes)
    return tuple(_fit_level(level, share, needed, size) for level, share in LEVELS.items())


def _fit_level(level: str, share: Fraction, needed: list[Fraction], size: PtuSize) -> Fitted:
    tpm = needed[math.ceil(share * len(needed)) - 1]
    capacity_ptu = fit(tpm / size.input_tpm_per_ptu, size)
    carried = capacity_ptu * size.input_tpm_per_ptu
    return Fitted(
        level=level,
        tpm=tpm,
        capacity_ptu=capacity_ptu,
        throttled_minutes=sum(1 for each in needed if each > carried),
    )
