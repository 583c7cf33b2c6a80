"""Sign-in: whatever DefaultAzureCredential finds, asked for the stack's tenant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import TYPE_CHECKING

from ftdeploy.errors import Place, Problem, ServiceRefused

if TYPE_CHECKING:
    from azure.core.credentials import AccessToken, AccessTokenInfo, TokenRequestOptions
    from azure.identity.aio import DefaultAzureCredential


class TenantCredential:
    """A credential whose tokens are of one tenant, wherever the sign-in lets the tenant be chosen.

    Managed identities and federated workloads have one tenant and keep it: Azure then refuses what is elsewhere.
    """

    def __init__(self, inner: DefaultAzureCredential, tenant: str) -> None:
        self._inner = inner
        self._tenant = tenant

    async def get_token_info(self, *scopes: str, options: TokenRequestOptions | None = None) -> AccessTokenInfo:
        """A token for `scopes`, as the Azure clients ask for it.

        Raises:
            ServiceRefused: no way to sign in was found, or the one that was found failed.
        """
        from azure.core.exceptions import ClientAuthenticationError

        wanted: TokenRequestOptions = {"tenant_id": self._tenant, **(options or {})}
        try:
            return await self._inner.get_token_info(*scopes, options=wanted)
        except ClientAuthenticationError as error:
            raise self._explain() from error

    async def get_token(self, *scopes: str, **_options: object) -> AccessToken:
        """The older form of `get_token_info`; its options ask for nothing that we use."""
        from azure.core.credentials import AccessToken

        info = await self.get_token_info(*scopes)
        return AccessToken(info.token, info.expires_on)

    async def close(self) -> None:
        """End the sign-in's connections."""
        await self._inner.close()

    async def __aenter__(self) -> TenantCredential:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.close()

    def _explain(self) -> ServiceRefused:
        fix = (
            f"run `az login --tenant {self._tenant}`, or set `AZURE_CLIENT_ID`, `AZURE_TENANT_ID` and a secret or "
            "certificate; another try helps only after that"
        )
        problem = f"no sign-in gave a token of tenant {self._tenant}"
        return ServiceRefused((Problem(problem=problem, where=Place(name="Azure sign-in"), fix=fix),))


@asynccontextmanager
async def open_credential(tenant: str) -> AsyncIterator[TenantCredential]:
    """The sign-in that the environment offers, in the order of DefaultAzureCredential."""
    from azure.identity.aio import DefaultAzureCredential

    async with TenantCredential(DefaultAzureCredential(additionally_allowed_tenants=[tenant]), tenant) as credential:
        yield credential
