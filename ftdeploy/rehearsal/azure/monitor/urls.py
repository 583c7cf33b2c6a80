"""Which verb on which type goes to which handler, for Microsoft.Insights."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import ArmHandler
from ftdeploy.rehearsal.azure.monitor import handlers

COLLECTIONS: dict[tuple[str, str], ArmHandler] = {
    ("GET", "microsoft.insights/metrics"): handlers.list_metrics,
}
