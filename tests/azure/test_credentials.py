from __future__ import annotations

import asyncio

import pytest
from azure.core.credentials import AccessTokenInfo
from azure.core.exceptions import ClientAuthenticationError

from ftdeploy.azure.credentials import TenantCredential
from ftdeploy.errors import ServiceRefused


class FakeSignIn:
    """Gives the token `pretend`, or raises `error`; keeps what it was asked."""

    def __init__(self, error=None):
        self.error = error
        self.asked = []

    async def get_token_info(self, *scopes, options):
        self.asked.append((scopes, options))
        if self.error:
            raise self.error
        return AccessTokenInfo("pretend", 1)


def test_tokens_are_asked_for_the_tenant_of_the_stack():
    sign_in = FakeSignIn()

    token = asyncio.run(TenantCredential(sign_in, "t-1").get_token("scope"))

    assert token.token == "pretend"
    assert sign_in.asked == [(("scope",), {"tenant_id": "t-1"})]


def test_failed_sign_in_says_what_to_type():
    credential = TenantCredential(FakeSignIn(ClientAuthenticationError("secret details")), "t-1")

    with pytest.raises(ServiceRefused) as caught:
        asyncio.run(credential.get_token_info("scope"))

    assert str(caught.value) == (
        "Azure sign-in\n"
        "error: no sign-in gave a token of tenant t-1\n"
        "hint: run `az login --tenant t-1`, or set `AZURE_CLIENT_ID`, `AZURE_TENANT_ID` and a secret or certificate; "
        "another try helps only after that"
    )
