"""Which sizes of provisioned throughput can be bought."""

from __future__ import annotations

from ftdeploy.domain.facts import PtuSize


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
