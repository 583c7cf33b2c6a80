"""What to ask: what the price cap allows, and what has all that it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from ftdeploy.errors import InputError, Place, Problem, refuse
from ftdeploy.rehearsal.probe.lab import NEEDS, Lab, Need
from ftdeploy.rehearsal.probe.unprobed import NOT_PROBED


class Question(Protocol):
    """What a probe and a watch have in common."""

    @property
    def behaviour(self) -> str:
        """The behaviour's id."""

    @property
    def price_eur(self) -> float:
        """What it costs at most."""

    @property
    def needs(self) -> tuple[Need, ...]:
        """What must be there."""


Asked = TypeVar("Asked", bound=Question)
_FIX = "name others; what takes days is asked with `--leave`, and nothing else is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Generic[Asked]):
    """What to ask, and what not."""

    taken: tuple[Asked, ...]
    left_out: dict[str, str]
    """Behaviour to why: `{"models-in-use-stay": "it may cost 2.02 EUR, in all 2.06 EUR"}`."""

    @property
    def price_eur(self) -> float:
        """What it costs at most."""
        return sum(each.price_eur for each in self.taken)


def choose(lab: Lab, cap_eur: float, wanted: Sequence[str], offered: Sequence[Asked]) -> Choice[Asked]:
    """What to ask: all that can be under the cap, cheapest first, or what is named.

    Raises:
        InputError: a name that nothing has, or what is named needs something or may cost more than the cap.
    """
    unknown = sorted(set(wanted) - {each.behaviour for each in offered})
    if unknown:
        allowed = tuple(each.behaviour for each in offered)
        problem = f"no probe for {', '.join(_explain(each) for each in unknown)}"
        raise InputError((Problem(problem=problem, where=Place(name="--only"), fix=_FIX, allowed=allowed),))
    named = [each for each in offered if not wanted or each.behaviour in wanted]
    taken: list[Asked] = []
    left_out: dict[str, str] = {}
    for each in sorted(named, key=lambda one: one.price_eur):
        missing = [NEEDS[need] for need in each.needs if not lab.has(need)]
        price_eur = each.price_eur + sum(one.price_eur for one in taken)
        if missing:
            left_out[each.behaviour] = f"it needs {', and '.join(missing)}"
        elif price_eur > cap_eur:
            left_out[each.behaviour] = f"it may cost {each.price_eur:.2f} EUR, in all {price_eur:.2f} EUR"
        else:
            taken.append(each)
    if wanted and left_out:
        told = "; ".join(f"{behaviour}: {why}" for behaviour, why in left_out.items())
        raise refuse(f"not everything named can be asked: {told}", where="--only", fix="allow it, or name fewer")
    return Choice(taken=tuple(each for each in named if each in taken), left_out=left_out)


def _explain(behaviour: str) -> str:
    return f"{behaviour} ({NOT_PROBED[behaviour]})" if behaviour in NOT_PROBED else behaviour
