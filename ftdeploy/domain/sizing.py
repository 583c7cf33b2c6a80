"""How much provisioned throughput a load needs, and which sizes of it can be bought.

A PTU carries a number of input tokens a minute. An output token counts as several of them; one from the prompt cache as
none, where the catalogue does not say otherwise. All arithmetic is exact: a size is never too small by rounding.
https://learn.microsoft.com/azure/foundry/openai/how-to/provisioned-throughput-sizing
"""

from __future__ import annotations

import math
from fractions import Fraction

from ftdeploy.domain.facts import PtuSize
from ftdeploy.domain.stacks import Load

NO_CACHE = Fraction(0)


def normalise(load: Load, size: PtuSize, cache_rate: Fraction = NO_CACHE) -> Fraction:
    """The load in input tokens a minute.

    Args:
        load: at its peak.
        size: says what an output token counts as.
        cache_rate: share of prompt tokens that come from the cache, from 0 to 1.
    """
    counted = 1 - cache_rate if size.are_cached_tokens_free else Fraction(1)
    return load.rpm * (load.prompt_tokens * counted + size.output_weight * load.completion_tokens)


def count_ptu(load: Load, size: PtuSize, cache_rate: Fraction = NO_CACHE) -> Fraction:
    """PTU that the load needs, before rounding to a size that can be bought."""
    return normalise(load, size, cache_rate) / size.input_tpm_per_ptu


def fit(needed_ptu: Fraction, size: PtuSize) -> int:
    """The smallest legal size that carries so much, in PTU."""
    steps = math.ceil((needed_ptu - size.minimum_ptu) / size.step_ptu)
    return size.minimum_ptu + max(0, steps) * size.step_ptu


def find_step_below(capacity_ptu: int, size: PtuSize) -> int | None:
    """The next smaller legal size; None where there is none."""
    below = fit(Fraction(capacity_ptu), size) - size.step_ptu
    return below if below >= size.minimum_ptu else None


def is_legal(capacity_ptu: int, size: PtuSize) -> bool:
    """Whether the capacity is the minimum plus whole steps."""
    return capacity_ptu >= size.minimum_ptu and (capacity_ptu - size.minimum_ptu) % size.step_ptu == 0


def list_neighbours(capacity_ptu: int, size: PtuSize) -> tuple[int, ...]:
    """The nearest legal sizes below and above, in PTU; just one where the capacity is legal or too small."""
    if capacity_ptu <= size.minimum_ptu:
        return (size.minimum_ptu,)
    if is_legal(capacity_ptu, size):
        return (capacity_ptu,)
    below = capacity_ptu - (capacity_ptu - size.minimum_ptu) % size.step_ptu
    return (below, below + size.step_ptu)
