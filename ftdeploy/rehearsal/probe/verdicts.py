"""What a probe found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import httpx

from ftdeploy.rehearsal.probe.lab import Lab, Need
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
    needs: tuple[Need, ...] = ()
    """What must be there for it to be asked."""


def expect(exchange: Exchange, status: int, code: str = "") -> Verdict:
    """An answer of this status, and with this code where one is named."""
    agrees = exchange.status == status and (not code or exchange.code == code)
    return Verdict(agrees=agrees, seen=f"{exchange.status} {exchange.code}".strip())


def refused(exchange: Exchange, *codes: str) -> Verdict:
    """An answer of 400, with one of the codes where some are named."""
    agrees = exchange.status == httpx.codes.BAD_REQUEST and (not codes or exchange.code in codes)
    return Verdict(agrees=agrees, seen=f"{exchange.status} {exchange.code}".strip())


def compare(seen: object, claimed: object) -> Verdict:
    """What was seen is just what is claimed."""
    return Verdict(agrees=seen == claimed, seen=str(seen))
