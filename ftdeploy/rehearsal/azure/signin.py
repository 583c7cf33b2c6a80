"""Whose token came with a management request: verified, and of the subscription's tenant."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resourcemanager import errors
from ftdeploy.rehearsal.azure.tokens import BadToken, Caller

AUDIENCES = ("https://management.azure.com", "https://management.core.windows.net")
_AUXILIARY = "x-ms-authorization-auxiliary"


def authenticate(call: Call, path: ArmPath) -> None:
    """Set the caller.

    Raises:
        AzureError: 401 for a missing, bad or foreign token; 404 for an unknown subscription.
    """
    text = call.headers.get("authorization", "")
    scheme, _, token = text.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise errors.authentication_failed(_find_authority(call, path))
    call.caller = _verify(call, token.strip(), path)
    call.auxiliary_tenants = [each.tenant for each in list_auxiliary_callers(call)]
    _check_tenant(call, path)


def list_auxiliary_callers(call: Call) -> list[Caller]:
    """Whom the valid tokens in `x-ms-authorization-auxiliary` speak for; invalid ones give nobody."""
    found: list[Caller] = []
    for part in call.headers.get(_AUXILIARY, "").split(","):
        scheme, _, token = part.strip().partition(" ")
        if scheme.lower() != "bearer":
            continue
        try:
            found.append(call.world.tokens.verify(token.strip(), AUDIENCES))
        except BadToken:
            call.needs("bad-auxiliary-tokens-ignored")
    return found


def _find_authority(call: Call, path: ArmPath) -> str:
    """Where to sign in for a subscription; empty where none is named, or nobody knows it."""
    tenant = call.world.find_tenant_of(path.subscription) if path.subscription else None
    if tenant is None or not call.leans_on("challenges-name-the-tenant"):
        return ""
    return f"{call.base_url}/{tenant}"


def _verify(call: Call, token: str, path: ArmPath) -> Caller:
    try:
        if not call.leans_on("tokens-verified"):
            return call.world.tokens.read_unverified(token)
        return call.world.tokens.verify(token, AUDIENCES)
    except BadToken as error:
        raise errors.bad_token(error, call.world.clock.now(), _find_authority(call, path)) from error


def _check_tenant(call: Call, path: ArmPath) -> None:
    if not path.subscription:
        return
    tenant = call.world.find_tenant_of(path.subscription)
    if tenant is None:
        raise errors.subscription_not_found(path.subscription)
    if call.get_caller().tenant != tenant and call.leans_on("token-of-the-subscriptions-tenant"):
        raise errors.wrong_tenant(call.get_caller().tenant, tenant, _find_authority(call, path))
