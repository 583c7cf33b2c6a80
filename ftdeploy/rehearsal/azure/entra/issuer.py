"""An issuer of identity tokens, as build services have one: for pipelines that sign in without a secret."""

from __future__ import annotations

import uuid

from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.entra.assertions import USUAL_AUDIENCE
from ftdeploy.rehearsal.azure.errors import AzureError

_LIFETIME_SECONDS = 300


def get_token(call: Call) -> Reply:
    """`?subject=repo:contoso/models:ref:refs/heads/main&issuer=https://…&audience=…`, as a build service answers.

    Whoever asks gets what is asked for; what the token is good for, the scenario's `federatedCredentials` say. Without
    an issuer it is this one.
    """
    subject = call.query.get("subject", "")
    if not subject:
        raise AzureError(400, "BadQuery", "subject is missing: ?subject=repo:contoso/models:ref:refs/heads/main")
    now = int(call.world.clock.machine_now().timestamp())
    claims = {
        "iss": call.query.get("issuer") or _get_address(call),
        "sub": subject,
        "aud": call.query.get("audience") or USUAL_AUDIENCE,
        "jti": str(uuid.uuid4()),
        "iat": now,
        "nbf": now,
        "exp": now + _LIFETIME_SECONDS,
    }
    return Reply(body={"value": call.world.tokens.key.sign(claims)})


def get_discovery(call: Call) -> Reply:
    """The issuer's OpenID configuration."""
    address = _get_address(call)
    return Reply(
        body={
            "issuer": address,
            "jwks_uri": f"{address}/keys",
            "subject_types_supported": ["public"],
            "response_types_supported": ["id_token"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
    )


def list_keys(call: Call) -> Reply:
    """By which its tokens are verified."""
    return Reply(body={"keys": [call.world.tokens.key.render_public()]})


def _get_address(call: Call) -> str:
    return f"{call.base_url}/_rehearsal/oidc"
