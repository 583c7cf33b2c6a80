"""Managed identities: the endpoint of App Service, and that of virtual machines."""

from __future__ import annotations

import hmac

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.entra import errors, models
from ftdeploy.rehearsal.azure.entra.handlers import issue
from ftdeploy.rehearsal.azure.tokens import LIFETIME_SECONDS


def get_identity_token(call: Call) -> Reply:
    """App Service's: a token for whoever sends the header that only the workload knows."""
    call.needs("managed-identity-as-on-app-service")
    sent = call.headers.get("x-identity-header", "")
    if not hmac.compare_digest(sent.encode(), call.world.identity_header.encode()):
        raise errors.IdentityError(401, "Unauthorized", "The X-IDENTITY-HEADER is missing or wrong.")
    return Reply(body=_give(call))


def get_machine_token(call: Call) -> Reply:
    """A virtual machine's: a token for whoever is on the machine and says `Metadata: true`."""
    call.needs("managed-identity-as-on-machines")
    if call.headers.get("metadata", "").lower() != "true":
        raise errors.MachineError(400, "invalid_request", "Required metadata header not specified")
    given = _give(call)
    return Reply(body={**given, "expires_in": str(LIFETIME_SECONDS), "ext_expires_in": str(LIFETIME_SECONDS)})


def _give(call: Call) -> Json:
    wanted = call.query.get("client_id", "")
    principal = models.find_identity(call.world.store, wanted)
    if principal is None:
        raise errors.IdentityError(
            400, "BadRequest", f"No User Assigned or Delegated Managed Identity found for '{wanted}'."
        )
    resource = call.query.get("resource", "")
    audience = models.find_audience(resource, own=call.base_url)
    if audience is None:
        raise errors.IdentityError(400, "BadRequest", f"The resource '{resource}' is not emulated.")
    return {
        "access_token": issue(call, principal, audience),
        "expires_on": str(int(call.world.clock.now().timestamp()) + LIFETIME_SECONDS),
        "resource": audience,
        "token_type": "Bearer",
        "client_id": principal.client_id,
    }
