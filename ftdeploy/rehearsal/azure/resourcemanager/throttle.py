"""Throttling: a bucket of reads, writes and deletes for each principal in each subscription."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.bucket import take_call
from ftdeploy.rehearsal.azure.call import Call
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
    settings = call.world.settings
    key = f"{path.subscription}|{call.get_caller().object_id}|{kind}"
    taken = take_call(call.world, key, size=settings.get_count(sized), per_second=settings.get_count(refilled))
    if taken.wait_seconds:
        raise errors.throttled(path.subscription, kind, taken.wait_seconds)
    return {f"x-ms-ratelimit-remaining-subscription-{kind}": str(taken.left)}
