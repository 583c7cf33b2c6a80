"""Buckets of calls, refilled by the clock: how often something may be done."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ftdeploy.rehearsal.azure.clock import parse_time, render_time
from ftdeploy.rehearsal.azure.world import World

_NEVER_SECONDS = 60
"""Ours: what is said of a bucket into which nothing flows."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking a call out of a bucket."""

    left: int
    """Calls that are left."""
    wait_seconds: int
    """How long until there is one; 0 where one was taken."""


def take_call(world: World, key: str, *, size: int, per_second: int) -> Taken:
    """Take one call out of the bucket of this key, which begins full.

    Args:
        world: keeps the bucket, and knows the time.
        key: names it.
        size: calls that it holds.
        per_second: calls that flow back.
    """
    now = world.clock.now()
    row = world.store.find_row("SELECT * FROM buckets WHERE key = ?", key)
    left = float(size)
    if row is not None:
        passed_seconds = (now - parse_time(row["at"])).total_seconds()
        left = min(size, float(row["remaining"]) + max(passed_seconds, 0.0) * per_second)
    if left < 1:
        return Taken(0, math.ceil((1 - left) / per_second) if per_second else _NEVER_SECONDS)
    world.store.write("INSERT OR REPLACE INTO buckets VALUES (?, ?, ?)", key, left - 1, render_time(now))
    return Taken(int(left - 1), 0)
