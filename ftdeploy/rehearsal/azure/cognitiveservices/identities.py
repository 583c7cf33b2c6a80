"""The managed identity of an account: made with it, and known to the directory."""

from __future__ import annotations

import uuid

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.entra.models import Principal, keep_principal
from ftdeploy.rehearsal.azure.resources import Resource


def describe_identity(call: Call, account: Resource, existing: Resource | None) -> None:
    """Give an account with `identity.type: SystemAssigned` a principal, the one that it had before."""
    identity = account.body.get("identity") or {}
    if "SystemAssigned" not in str(identity.get("type", "")):
        return
    tenant = call.world.find_tenant_of(account.path.subscription) or ""
    before = ((existing.body.get("identity") or {}) if existing else {}).get("principalId")
    principal = before or str(uuid.uuid4())
    account.body["identity"] = {**identity, "principalId": principal, "tenantId": tenant}
    known = Principal(object_id=principal, client_id=principal, tenant=tenant)
    keep_principal(call.world.store, known, name=account.name)
