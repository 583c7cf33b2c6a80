"""Which address goes to which handler, for Entra ID and what surrounds it."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Handler
from ftdeploy.rehearsal.azure.entra import graph, handlers, identities, issuer

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/metadata/endpoints", handlers.get_metadata),
    ("POST", "/v1.0/directoryObjects/getByIds", graph.list_by_ids),
    ("GET", "/v1.0/servicePrincipals", graph.list_service_principals),
    ("GET", "/identity/token", identities.get_identity_token),
    ("GET", "/metadata/identity/oauth2/token", identities.get_machine_token),
    ("GET", "/_rehearsal/oidc/token", issuer.get_token),
    ("GET", "/_rehearsal/oidc/.well-known/openid-configuration", issuer.get_discovery),
    ("GET", "/_rehearsal/oidc/keys", issuer.list_keys),
    ("GET", "/{tenant}/v2.0/.well-known/openid-configuration", handlers.get_discovery),
    ("GET", "/{tenant}/.well-known/openid-configuration", handlers.get_first_discovery),
    ("GET", "/{tenant}/discovery/v2.0/keys", handlers.list_signing_keys),
    ("GET", "/{tenant}/discovery/keys", handlers.list_signing_keys),
    ("POST", "/{tenant}/oauth2/v2.0/token", handlers.post_token),
    ("POST", "/{tenant}/oauth2/token", handlers.post_token),
)
