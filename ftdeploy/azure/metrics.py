"""Which deployments of an account were called, and when last: Azure Monitor's metric AzureOpenAIRequests.

The metric counts every request by name of deployment, also kinds that Azure does not count when it looks for idle
deployments (it counts chat completions and the Responses API). It is what there is: Azure shows no last call anywhere.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ftdeploy.azure.credentials import TenantCredential
from ftdeploy.azure.endpoints import MANAGEMENT_SCOPE, Cloud
from ftdeploy.azure.metric_answers import METRIC, find_code, parse_calls
from ftdeploy.azure.refusals import UNREACHABLE, Attempt, explain_refusal
from ftdeploy.domain.observations import AccountCalls
from ftdeploy.domain.resource_ids import AccountId

if TYPE_CHECKING:
    import httpx

_DIMENSION = "ModelDeploymentName"
_API_VERSION = "2024-02-01"
_TIMEOUT_SECONDS = 60

# Without `top` Azure answers with 10 series and does not say that there are more.
# https://learn.microsoft.com/rest/api/monitor/metrics/list (2026-11-21)
_TOP_SERIES = 1000


@dataclass(frozen=True, slots=True)
class Metrics:
    """Azure Monitor's figures of one Azure."""

    client: httpx.AsyncClient
    credential: TenantCredential
    cloud: Cloud

    async def count_calls(self, account: AccountId, *, since: datetime, until: datetime) -> AccountCalls:
        """The calls that were counted for an account's deployments, by the hour; the window begins at a full hour.

        Raises:
            ServiceRefused: Azure refused, could not be reached, or answered without the metric.
        """
        attempt = Attempt(action=f"count the calls of {account.name}", where=str(account), role="Monitoring Reader")
        begin = since.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        end = until.astimezone(UTC) + timedelta(minutes=1)
        query = {
            "metricnames": METRIC,
            "metricnamespace": "Microsoft.CognitiveServices/accounts",
            "timespan": f"{begin:%Y-%m-%dT%H:%M:%SZ}/{end:%Y-%m-%dT%H:%M:%SZ}",
            "interval": "PT1H",
            "aggregation": "total",
            "$filter": f"{_DIMENSION} eq '*'",
            "top": str(_TOP_SERIES),
            "api-version": _API_VERSION,
        }
        return parse_calls(await self._ask(attempt, query), since=begin, top_series=_TOP_SERIES)

    async def _ask(self, attempt: Attempt, query: Mapping[str, str]) -> Mapping[str, Any]:
        import httpx

        token = await self.credential.get_token_info(MANAGEMENT_SCOPE)
        address = f"{self.cloud.resource_manager}{attempt.where}/providers/Microsoft.Insights/metrics"
        headers = {"Authorization": f"Bearer {token.token}"}
        try:
            reply = await self.client.get(address, params=query, headers=headers)
            document = reply.json()
        except (httpx.HTTPError, ValueError) as error:
            raise explain_refusal(attempt, status=None, code=UNREACHABLE) from error
        if reply.status_code != httpx.codes.OK:
            raise explain_refusal(attempt, status=reply.status_code, code=find_code(document))
        return document if isinstance(document, dict) else {}


@asynccontextmanager
async def open_metrics(
    cloud: Cloud, credential: TenantCredential, *, connect: Callable[[], httpx.AsyncClient] | None = None
) -> AsyncIterator[Metrics]:
    """Azure Monitor's figures; `connect` makes the HTTP client, and tests give their own."""
    import httpx

    async with connect() if connect else httpx.AsyncClient(timeout=_TIMEOUT_SECONDS) as client:
        yield Metrics(client, credential, cloud)
