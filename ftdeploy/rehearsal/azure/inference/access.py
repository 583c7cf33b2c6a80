"""Who may call an account's model endpoint: its account, once a key or a token that it takes was shown."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from ftdeploy.rehearsal.azure import rbac
from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.cognitiveservices.names import find_by_subdomain
from ftdeploy.rehearsal.azure.cognitiveservices.network import check_network
from ftdeploy.rehearsal.azure.inference import errors
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.tokens import BadToken, Caller

AUDIENCES = ("https://cognitiveservices.azure.com", "https://ai.azure.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a caller with a token must be given by a role; a key opens everything."""

    action: str
    """The data action: `Microsoft.CognitiveServices/accounts/OpenAI/files/read`."""
    operation: str
    """How a refusal names what was tried: `POST /openai/files`."""


def get_account(call: Call, need: Need) -> Resource:
    """The account that the address names in `{account}`, for a caller who may do what is needed.

    Raises:
        Refusal: 404 no such account; 401 or 403 for a key or token that it does not take.
    """
    account = find_by_subdomain(call.world.resources, call.parameters["account"])
    if account is None:
        raise errors.account_not_found()
    check_network(call, account)
    bearer = call.headers.get("authorization", "").partition(" ")[2].strip()
    key = call.headers.get("api-key") or (bearer if bearer and "." not in bearer else "")
    if key:
        _check_key(call, account, key)
    elif bearer:
        _check_token(call, account, bearer, need)
    else:
        raise errors.wrong_key()
    return account


def _check_key(call: Call, account: Resource, key: str) -> None:
    """A key may come as a bearer too, as the openai client sends it to v1; a token has dots in it, a key has none."""
    if account.properties.get("disableLocalAuth") and call.leans_on("no-keys-without-local-authentication"):
        raise errors.keys_disabled()
    known = (account.internal["key1"], account.internal["key2"])
    is_known = any(hmac.compare_digest(key.encode(), each.encode()) for each in known)
    if not is_known and call.leans_on("keys-are-checked"):
        raise errors.wrong_key()


def _check_token(call: Call, account: Resource, token: str, need: Need) -> None:
    caller = call.caller = _verify(call, token)
    if caller.tenant != call.world.find_tenant_of(account.path.subscription):
        raise errors.bad_token()
    if not call.leans_on("model-calls-need-a-data-role"):
        return
    if not rbac.is_allowed(call.world.resources, caller.object_id, need.action, account.id, is_data=True):
        raise errors.permission_denied(caller, need.action, need.operation)


def _verify(call: Call, token: str) -> Caller:
    try:
        if not call.leans_on("tokens-verified"):
            return call.world.tokens.read_unverified(token)
        return call.world.tokens.verify(token, AUDIENCES)
    except BadToken as error:
        raise errors.bad_token() from error
