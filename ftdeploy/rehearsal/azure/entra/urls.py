"""Which address goes to which handler, for Entra ID and what surrounds it."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Handler
from ftdeploy.rehearsal.azure.entra import handlers

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/metadata/endpoints", handlers.get_metadata),
    ("GET", "/identity/token", handlers.get_identity_token),
    ("GET", "/{tenant}/v2.0/.well-known/openid-configuration", handlers.get_discovery),
    ("GET", "/{tenant}/discovery/v2.0/keys", handlers.list_signing_keys),
    ("POST", "/{tenant}/oauth2/v2.0/token", handlers.post_token),
    ("POST", "/{tenant}/oauth2/token", handlers.post_token),
)
