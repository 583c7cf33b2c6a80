"""The stages of a fleet, their order, and what holds for many stacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftdeploy.domain.settings import Setting, Waiver
from ftdeploy.domain.stacks import Change, WhenIdle


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """What stacks that match need not repeat; None matches all, and sets nothing."""

    stage: str | None = None
    geography: str | None = None
    stack: str | None = None
    owner: str | None = None
    protect: bool | None = None
    content_filter: str | None = None
    change: Change | None = None
    when_idle: WhenIdle | None = None

    def is_for(self, *, stack: str, stage: str, geography: str) -> bool:
        """Whether it holds for that stack."""
        wanted = ((self.stack, stack), (self.stage, stage), (self.geography, geography))
        return all(mine is None or mine == theirs for mine, theirs in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """What holds for all stacks."""

    requires: str
    """Versions of ftdeploy that read these files, such as `ftdeploy>=0.1,<1`."""
    stages: Mapping[str, tuple[str, ...]]
    """Stage to the stages that come before it."""
    defaults: tuple[Default, ...]
    """Of several that match, the last one wins."""
    rules: tuple[Setting, ...] = ()
    """Levels and limits of rules; of several that match, the last one wins."""
    waivers: tuple[Waiver, ...] = ()

    @property
    def guarded_stages(self) -> frozenset[str]:
        """Those that others come before."""
        return frozenset(name for name, before in self.stages.items() if before)


def find_cycle(stages: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Stages that wait for each other, the first one again at the end; empty when there are none.

    A stage that waits for an unknown one is no cycle.
    """
    done: set[str] = set()
    for first in stages:
        trail = [first]
        found = _follow(stages, trail, done)
        if found:
            return found
    return ()


def _follow(stages: Mapping[str, tuple[str, ...]], trail: list[str], done: set[str]) -> tuple[str, ...]:
    waiting = [iter(stages[trail[0]])]
    while waiting:
        before = next(waiting[-1], None)
        if before is None:
            done.add(trail.pop())
            waiting.pop()
        elif before in trail:
            return (*trail[trail.index(before) :], before)
        elif before in stages and before not in done:
            trail.append(before)
            waiting.append(iter(stages[before]))
    return ()
