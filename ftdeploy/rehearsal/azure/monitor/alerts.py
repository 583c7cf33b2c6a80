"""Metric alerts and diagnostic settings: kept as sent, like other types, but for the answer to a new one.

Not emulated: that alerts are checked against metrics, that anybody is told, that logs go anywhere.
"""

from __future__ import annotations

from dataclasses import replace

from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resourcemanager import generic


def put_alert(call: Call, path: ArmPath) -> Reply:
    """Make or change one; the answer to both is 200."""
    reply = generic.put_resource(call, path)
    return replace(reply, status=200) if call.leans_on("new-alerts-are-answered-200") else reply
