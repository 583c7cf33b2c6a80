"""User-assigned identities: made by themselves, and known to the directory as long as they exist.

Kept as sent, like other types without a model here, with the ids that a role assignment names. Not emulated: signing in
as one, and with its federated credentials.
"""

from __future__ import annotations

import uuid

from ftdeploy.rehearsal.azure.call import ArmHandler, Call, Reply
from ftdeploy.rehearsal.azure.entra.models import Principal, forget_principal, keep_principal
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resourcemanager import generic

_TYPE = "microsoft.managedidentity/userassignedidentities"
_IDS = ("principalId", "clientId", "tenantId")


def put_identity(call: Call, path: ArmPath) -> Reply:
    """Make one, or change its tags; it keeps its ids."""
    existing = call.world.resources.find(path.id)
    before = existing.properties if existing else {}
    ids = {key: str(before.get(key) or value) for key, value in _make_ids(call, path).items()}
    known = Principal(object_id=ids["principalId"], client_id=ids["clientId"], tenant=ids["tenantId"])
    keep_principal(call.world.store, known, name=path.name)
    return generic.put_resource(call, path, ids)


def delete_identity(call: Call, path: ArmPath) -> Reply:
    """Forget one; the role assignments that it had stay, as in Azure."""
    existing = call.world.resources.find(path.id)
    if existing is not None:
        forget_principal(call.world.store, str(existing.properties.get("clientId")))
    return generic.delete_resource(call, path)


def _make_ids(call: Call, path: ArmPath) -> dict[str, str]:
    tenant = call.world.find_tenant_of(path.subscription) or ""
    return dict(zip(_IDS, (str(uuid.uuid4()), str(uuid.uuid4()), tenant), strict=True))


ITEMS: dict[tuple[str, str], ArmHandler] = {
    **{(verb, _TYPE): handler for verb, handler in generic.ITEMS.items()},
    ("PUT", _TYPE): put_identity,
    ("DELETE", _TYPE): delete_identity,
}
