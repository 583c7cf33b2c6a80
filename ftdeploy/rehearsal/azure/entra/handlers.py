"""Metadata, discovery, and tokens for applications: by secret, certificate or somebody else's token.

Not emulated: people, refresh tokens, other grants.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from urllib.parse import parse_qs, unquote

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.entra import errors, models
from ftdeploy.rehearsal.azure.entra.assertions import KIND, check_assertion
from ftdeploy.rehearsal.azure.tokens import LIFETIME_SECONDS, Caller


def get_metadata(call: Call) -> Reply:
    """The cloud's addresses, all of them this emulator's: `/metadata/endpoints`."""
    return Reply(
        body={
            "name": "AzureCloud",
            "portal": call.base_url,
            "resourceManager": call.base_url,
            "microsoftGraphResourceId": call.base_url,
            "graph": "https://graph.microsoft.com/",
            "authentication": {
                "loginEndpoint": call.base_url,
                "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"],
                "tenant": "common",
                "identityProvider": "AAD",
            },
            "suffixes": {"storage": "core.windows.net", "keyVaultDns": "vault.azure.net"},
        }
    )


def get_discovery(call: Call) -> Reply:
    """A tenant's OpenID configuration, as of Entra's second version."""
    base = f"{call.base_url}/{_find_tenant(call)}"
    return Reply(body=_describe_issuer(base, issuer=f"{base}/v2.0", version="v2.0/"))


def get_first_discovery(call: Call) -> Reply:
    """The same as of the first version, whose issuer is the one in tokens for Resource Manager and for models."""
    base = f"{call.base_url}/{_find_tenant(call)}"
    return Reply(body=_describe_issuer(base, issuer=f"{base}/", version=""))


def _describe_issuer(base: str, *, issuer: str, version: str) -> Json:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{base}/oauth2/{version}authorize",
        "token_endpoint": f"{base}/oauth2/{version}token",
        "jwks_uri": f"{base}/discovery/{version}keys",
        "response_types_supported": ["code", "id_token"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "private_key_jwt"],
    }


def list_signing_keys(call: Call) -> Reply:
    """By which anybody can verify the emulator's tokens."""
    _find_tenant(call)
    key = call.world.tokens.key.render_public()
    return Reply(body={"keys": [{**key, "issuer": f"{call.base_url}/{{tenantid}}/v2.0"}]})


def post_token(call: Call) -> Reply:
    """A token for an application that shows its secret, in the form or as Basic authorization, or an assertion."""
    tenant = _find_tenant(call)
    form = {key: values[0] for key, values in parse_qs(call.body.decode("utf-8", "replace")).items()}
    if form.get("grant_type") != "client_credentials":
        raise errors.unsupported_grant(form.get("grant_type", ""))
    principal = _check_application(call, form, tenant)
    scope = form.get("scope") or form.get("resource") or ""
    audience = models.find_audience(scope, own=call.base_url)
    if audience is None:
        raise errors.unknown_resource(scope.split(" ")[0], tenant)
    token = issue(call, principal, audience)
    return Reply(
        body={
            "token_type": "Bearer",
            "expires_in": LIFETIME_SECONDS,
            "ext_expires_in": LIFETIME_SECONDS,
            "access_token": token,
        },
        headers={"Cache-Control": "no-store"},
    )


def _find_tenant(call: Call) -> str:
    tenant = models.find_tenant(call.world.store, call.parameters["tenant"])
    if tenant is None:
        raise errors.tenant_not_found(call.parameters["tenant"])
    return tenant


def _read_credentials(call: Call, form: dict[str, str]) -> tuple[str, str]:
    scheme, _, value = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        return _read_basic(value)
    return form.get("client_id", ""), form.get("client_secret", "")


def _read_basic(value: str) -> tuple[str, str]:
    try:
        decoded = base64.b64decode(value).decode("utf-8", "replace")
    except binascii.Error as error:
        raise errors.missing_secret() from error
    client_id, _, secret = decoded.partition(":")
    return unquote(client_id), unquote(secret)


def _check_application(call: Call, form: dict[str, str], tenant: str) -> models.Principal:
    client_id, secret = _read_credentials(call, form)
    principal = models.find_application(call.world.store, client_id, tenant)
    if principal is None:
        raise errors.application_not_found(client_id, tenant)
    if form.get("client_assertion_type") == KIND:
        check_assertion(call, principal, form.get("client_assertion", ""))
        return principal
    if not secret:
        raise errors.missing_secret()
    is_right = bool(principal.secret) and hmac.compare_digest(secret.encode(), principal.secret.encode())
    if not is_right and call.leans_on("secrets-are-checked"):
        raise errors.wrong_secret(client_id)
    return principal


def issue(call: Call, principal: models.Principal, audience: str) -> str:
    """A token of a principal for an audience."""
    caller = Caller(
        object_id=principal.object_id, client_id=principal.client_id, tenant=principal.tenant, audience=audience
    )
    return call.world.tokens.issue(caller, issuer=call.base_url)
