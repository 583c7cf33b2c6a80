"""What a caller can see at the root: subscriptions, tenants, locations, and which providers there are."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ftdeploy.rehearsal.azure import rbac
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.resourcemanager.errors import provider_not_found
from ftdeploy.rehearsal.azure.resourcemanager.versions import list_versions

# What clients ask for before they do anything; spelled as Azure does.
_PROVIDERS = {
    "Microsoft.Authorization": ("roleAssignments", "roleDefinitions"),
    "Microsoft.CognitiveServices": ("accounts", "accounts/deployments", "deletedAccounts", "locations"),
    "Microsoft.Insights": ("metrics", "metricDefinitions", "metricAlerts", "eventTypes"),
    "Microsoft.Resources": ("resourceGroups", "subscriptions"),
}
_REGIONAL = frozenset({"accounts", "accounts/deployments"})


def list_subscriptions(call: Call, _path: ArmPath) -> Reply:
    """Those of the caller's tenant in which the caller has any role."""
    caller = call.get_caller()
    rows = call.world.store.list_rows("SELECT * FROM subscriptions WHERE tenant = ? ORDER BY rowid", caller.tenant)
    scopes = rbac.list_scopes_of(call.world.resources, caller.object_id)
    own = {parse_arm_path(each).subscription for each in scopes}
    seen = [row for row in rows if row["id"] in own or "/" in scopes]
    found = [render_subscription(dict(row)) for row in seen]
    return Reply(body={**page(call, found), "count": {"type": "Total", "value": len(found)}})


def get_subscription(call: Call, path: ArmPath) -> Reply:
    """One subscription."""
    row = call.world.store.find_row("SELECT * FROM subscriptions WHERE id = ?", path.subscription)
    return Reply(body=render_subscription(dict(row) if row is not None else {}))


def render_subscription(row: Json) -> Json:
    """A subscription as Azure answers it."""
    return {
        "id": f"/subscriptions/{row.get('id')}",
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": row.get("id"),
        "tenantId": row.get("tenant"),
        "displayName": row.get("name"),
        "state": "Enabled",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    }


def list_tenants(call: Call, _path: ArmPath) -> Reply:
    """Those that know the caller's application."""
    rows = call.world.store.list_rows(
        "SELECT tenants.* FROM tenants JOIN principals ON principals.tenant = tenants.id"
        " WHERE principals.client_id = ?",
        call.get_caller().client_id.lower(),
    )
    return Reply(body=page(call, [_render_tenant(dict(row)) for row in rows]))


def list_locations(call: Call, path: ArmPath) -> Reply:
    """The regions of the public cloud, as if the subscription could use them all."""
    return Reply(body={"value": [_render_location(each, path.subscription) for each in read_locations()]})


@cache
def read_locations() -> tuple[dict[str, str], ...]:
    """`({"name": "eastus", "displayName": "East US", "geographyGroup": "US", "geography": "United States"}, …)`."""
    text = (Path(__file__).parent / "locations.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


def check_location(call: Call, location: str, refuse: Callable[[str, list[str]], AzureError]) -> None:
    """Whether there is a region of this name.

    Raises:
        AzureError: what `refuse` makes of it and the names that there are.
    """
    known = [each["name"] for each in read_locations()]
    if location not in known and call.leans_on("locations-are-known"):
        raise refuse(location, known)


def list_providers(call: Call, path: ArmPath) -> Reply:
    """Every provider that the emulator has, registered."""
    call.needs("providers-are-registered")
    return Reply(body=page(call, [_render_provider(call, path, each) for each in _PROVIDERS]))


def get_provider(call: Call, path: ArmPath) -> Reply:
    """One provider.

    Raises:
        AzureError: 404; the emulator has none of that name.
    """
    call.needs("providers-are-registered")
    namespace = path.type_key.partition("/")[0]
    name = next((each for each in _PROVIDERS if each.lower() == namespace), None)
    if name is None:
        raise provider_not_found(path.type.partition("/")[0])
    return Reply(body=_render_provider(call, path, name))


def register_provider(call: Call, path: ArmPath) -> Reply:
    """`POST …/providers/Microsoft.CognitiveServices/register`: it is registered already."""
    return get_provider(call, path)


def _render_location(entry: dict[str, str], subscription: str) -> Json:
    return {
        "id": f"/subscriptions/{subscription}/locations/{entry['name']}",
        "name": entry["name"],
        "type": "Region",
        "displayName": entry["displayName"],
        "regionalDisplayName": f"({entry['geographyGroup']}) {entry['displayName']}",
        "metadata": {
            "regionType": "Physical",
            "regionCategory": "Recommended",
            "geography": entry["geography"],
            "geographyGroup": entry["geographyGroup"],
        },
    }


def _render_tenant(row: Json) -> Json:
    return {
        "id": f"/tenants/{row['id']}",
        "tenantId": row["id"],
        "displayName": row["name"],
        "defaultDomain": f"{row['name']}.example",
        "domains": [f"{row['name']}.example"],
        "tenantCategory": "Home",
    }


def _render_provider(call: Call, path: ArmPath, name: str) -> Json:
    scope = f"/subscriptions/{path.subscription}" if path.subscription else ""
    everywhere = [each["displayName"] for each in read_locations()]
    types = [
        {
            "resourceType": each,
            "locations": everywhere if each in _REGIONAL else [],
            "apiVersions": sorted(list_versions(call, f"{name}/{each}"), reverse=True),
        }
        for each in _PROVIDERS[name]
    ]
    return {
        "id": f"{scope}/providers/{name}",
        "namespace": name,
        "registrationState": "Registered",
        "registrationPolicy": "RegistrationRequired",
        "resourceTypes": types,
    }


PROVIDER_TYPES = frozenset({"", *(each.lower() for each in _PROVIDERS)})
"""The types that paths to the list of providers, and to one of them, have."""
