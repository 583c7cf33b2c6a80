"""What a probe found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.wire import Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether Azure behaves as claimed."""

    agrees: bool
    seen: str
    """What was seen, in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A question to Azure about one behaviour of the pretend Azure."""

    behaviour: str
    """Its id."""
    ask: Callable[[Lab], Verdict]
    price_eur: float = 0.0
    """What asking costs at most."""
    needs_model: bool = False
    """Whether it needs a fine-tuned model."""


def expect(exchange: Exchange, status: int, code: str = "") -> Verdict:
    """An answer of this status, and with this code where one is named."""
    agrees = exchange.status == status and (not code or exchange.code == code)
    return Verdict(agrees=agrees, seen=f"{exchange.status} {exchange.code}".strip())
