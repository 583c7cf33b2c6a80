"""What is wrong with the stacks of a fleet, as their files want them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ftdeploy.domain.judging import Judge, list_parts
from ftdeploy.domain.stacks import Stack
from ftdeploy.domain.unbuilt import check_unbuilt
from ftdeploy.domain.wanted import wish_for_stack
from ftdeploy.domain.wishes import FleetWish
from ftdeploy.errors import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A stack, and where each of its keys stands."""

    stack: Stack
    place: Callable[[str], Place]


def check_stacks(judge: Judge, stacks: Sequence[Placed], others: Iterable[Placed] = ()) -> Iterator[Problem]:
    """Everything that is wrong with these stacks.

    Args:
        judge: rules, and what holds for whom.
        stacks: what is checked.
        others: stacks of the same fleet that only must not be hindered.
    """
    facts = judge.book.facts
    for each in stacks:
        yield from check_unbuilt(each.stack, each.place)
    checked = [wish_for_stack(each.stack, each.place, facts) for each in stacks]
    for wish in checked:
        yield from judge.judge(list_parts(wish))
    beside = [wish_for_stack(each.stack, each.place, facts) for each in others]
    names = {each.place("").name for each in checked}
    for problem in judge.judge([FleetWish(stacks=(*beside, *checked))]):
        if problem.where.name in names:
            yield problem
