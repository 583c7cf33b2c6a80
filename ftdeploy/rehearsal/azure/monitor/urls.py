"""Which verb on which type goes to which handler, for Microsoft.Insights."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import ArmHandler, Handler
from ftdeploy.rehearsal.azure.monitor import activities, alerts, batch, handlers
from ftdeploy.rehearsal.azure.resourcemanager import generic

_KEPT = ("microsoft.insights/metricalerts", "microsoft.insights/diagnosticsettings")
ITEMS: dict[tuple[str, str], ArmHandler] = {
    **{(verb, kind): handler for kind in _KEPT for verb, handler in generic.ITEMS.items()},
    **{("PUT", kind): alerts.put_alert for kind in _KEPT},
}
COLLECTIONS: dict[tuple[str, str], ArmHandler] = {
    ("GET", "microsoft.insights/metrics"): handlers.get_metrics,
    ("GET", "microsoft.insights/metricdefinitions"): handlers.list_definitions,
    ("GET", "microsoft.insights/metricnamespaces"): handlers.list_namespaces,
    ("GET", "microsoft.insights/eventtypes/values"): activities.list_activities,
}
ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/metrics/{region}/subscriptions/{subscription}/metrics:getBatch", batch.get_batch),
)
