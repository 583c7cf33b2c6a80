"""Which verb on which type goes to which handler, for Resource Manager's own types."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import ArmHandler
from ftdeploy.rehearsal.azure.resourcemanager import directory, groups, handlers, listing, tags

_GROUPS = "microsoft.resources/subscriptions/resourcegroups"
_TAGS = "microsoft.resources/tags"
_STATUS = "microsoft.cognitiveservices/locations/operations"
_RESULTS = (
    "microsoft.cognitiveservices/locations/operationresults",
    "microsoft.resources/subscriptions/operationresults",
)

OPERATION_TYPES = frozenset({_STATUS, *_RESULTS})

ITEMS: dict[tuple[str, str], ArmHandler] = {
    ("GET", "microsoft.resources/subscriptions"): directory.get_subscription,
    ("GET", _GROUPS): groups.get_group,
    ("PUT", _GROUPS): groups.put_group,
    ("PATCH", _GROUPS): groups.patch_group,
    ("DELETE", _GROUPS): groups.delete_group,
    ("GET", _TAGS): tags.get_tags,
    ("PUT", _TAGS): tags.put_tags,
    ("PATCH", _TAGS): tags.patch_tags,
    ("DELETE", _TAGS): tags.delete_tags,
    ("GET", _STATUS): handlers.get_operation,
    **{("GET", each): handlers.get_operation_result for each in _RESULTS},
}
COLLECTIONS: dict[tuple[str, str], ArmHandler] = {
    ("GET", "microsoft.resources/subscriptions"): directory.list_subscriptions,
    ("GET", "microsoft.resources/tenants"): directory.list_tenants,
    ("GET", "microsoft.resources/subscriptions/locations"): directory.list_locations,
    ("GET", ""): directory.list_providers,
    **{("GET", each): directory.get_provider for each in directory.PROVIDER_TYPES if each},
    ("GET", _GROUPS): groups.list_groups,
    ("GET", f"{_GROUPS}/resources"): listing.list_resources,
    ("GET", "microsoft.resources/subscriptions/resources"): listing.list_resources,
}
