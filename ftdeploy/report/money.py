"""Money and shares, as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_CENT = Decimal("0.01")
UNKNOWN = "price unknown"
HOW_TO_GIVE = "write a price that you know into `catalog.lock.yaml`, with its source"


def write_usd(amount: Decimal | None) -> str:
    """`1,241.00`; what is not known says so."""
    return UNKNOWN if amount is None else f"{round_cents(amount):,}"


def round_cents(amount: Decimal) -> Decimal:
    """To whole cents, half up."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)


def write_share(share: Fraction) -> str:
    """`88 %`, rounded down to a whole one."""
    return f"{int(share * 100)} %"
