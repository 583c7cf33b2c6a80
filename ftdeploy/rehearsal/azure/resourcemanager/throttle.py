"""Throttling: a bucket of reads, writes and deletes for each principal in each subscription, refilled by the clock."""

from __future__ import annotations

import math

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.clock import parse_time, render_time
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resourcemanager import errors

_READS = ("reads", "armReads", "armReadsPerSecond")
_WRITES = ("writes", "armWrites", "armWritesPerSecond")
_DELETES = ("deletes", "armDeletes", "armDeletesPerSecond")
_KINDS = {"GET": _READS, "HEAD": _READS, "DELETE": _DELETES}
"""What a bucket is called, and the settings for its size and for what flows back; everything else writes."""


def take(call: Call, path: ArmPath) -> dict[str, str]:
    """Take one call out of its bucket; the header that says how many are left.

    Raises:
        AzureError: 429; the bucket is empty.
    """
    if not path.subscription or not call.leans_on("management-calls-are-throttled"):
        return {}
    kind, sized, refilled = _KINDS.get(call.method, _WRITES)
    settings, store, now = call.world.settings, call.world.store, call.world.clock.now()
    size, rate = settings.get_count(sized), settings.get_count(refilled)
    key = f"{path.subscription}|{call.get_caller().object_id}|{kind}"
    row = store.find_row("SELECT * FROM throttle WHERE key = ?", key)
    left = float(size)
    if row is not None:
        passed_seconds = (now - parse_time(row["at"])).total_seconds()
        left = min(size, float(row["remaining"]) + max(passed_seconds, 0.0) * rate)
    if left < 1:
        raise errors.throttled(path.subscription, kind, math.ceil((1 - left) / rate) if rate else 60)
    store.write("INSERT OR REPLACE INTO throttle VALUES (?, ?, ?)", key, left - 1, render_time(now))
    return {f"x-ms-ratelimit-remaining-subscription-{kind}": str(int(left - 1))}
