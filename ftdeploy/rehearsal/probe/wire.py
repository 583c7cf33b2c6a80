"""Requests to Azure, one after the other, each kept as it was exchanged."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

MANAGEMENT_SCOPE = "https://management.azure.com/.default"
MODELS_SCOPE = "https://cognitiveservices.azure.com/.default"
_PATIENCE_SECONDS = 1800
_LEAST_WAIT_SECONDS = 0.05


class Tokens(Protocol):
    """A credential of azure-identity."""

    def get_token(self, *scopes: str) -> Any:  # noqa: ANN401 an AccessToken
        """A token, with a field `token`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer."""

    method: str
    path: str
    """With its query."""
    sent: Any
    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: Any

    @property
    def code(self) -> str:
        """The error's code; empty for success."""
        error = self.body.get("error") if isinstance(self.body, dict) else None
        return str(error.get("code") or "") if isinstance(error, dict) else ""


@dataclass(slots=True)
class Wire:
    """Resource Manager and the model endpoints, by plain requests."""

    http: httpx.Client
    tokens: Tokens
    base: str
    """Resource Manager's address, without a slash at its end."""
    exchanges: list[Exchange] = field(default_factory=list)
    """Everything since they were last taken."""

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 JSON
        *,
        version: str = "2025-06-01",
        token: str = "",
    ) -> Exchange:
        """A management request; without a version when that is empty, and with another token where one is given."""
        query = f"{'&' if '?' in path else '?'}api-version={version}" if version else ""
        headers = {"Authorization": f"Bearer {token or self.tokens.get_token(MANAGEMENT_SCOPE).token}"}
        return self._exchange(method, self.base, f"{path}{query}", body, headers)

    def call(self, endpoint: str, path: str, body: Any, **headers: str) -> Exchange:  # noqa: ANN401 JSON
        """A model call, with a token unless `headers` show something else."""
        shown = headers or {"Authorization": f"Bearer {self.tokens.get_token(MODELS_SCOPE).token}"}
        return self._exchange("POST", endpoint.rstrip("/"), path, body, shown)

    def finish(self, begun: Exchange) -> Exchange:
        """Wait for what a write began; the write itself when it began nothing."""
        address = begun.headers.get("azure-asyncoperation") or begun.headers.get("location")
        deadline = time.monotonic() + _PATIENCE_SECONDS
        last = begun
        while address and time.monotonic() < deadline:
            headers = {"Authorization": f"Bearer {self.tokens.get_token(MANAGEMENT_SCOPE).token}"}
            last = self._exchange("GET", "", address, None, headers)
            state = str(last.body.get("status") or "").lower() if isinstance(last.body, dict) else ""
            if last.status != httpx.codes.ACCEPTED and state not in ("inprogress", "running", "accepted", "creating"):
                break
            time.sleep(max(float(last.headers.get("retry-after") or 0), _LEAST_WAIT_SECONDS))
        return last

    def remove(self, path: str, *, version: str = "2025-06-01") -> Exchange:
        """Delete something, as soon as what is under way lets it, and wait until it is gone."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        begun = self.ask("DELETE", path, version=version)
        while begun.status == httpx.codes.CONFLICT and time.monotonic() < deadline:
            time.sleep(max(float(begun.headers.get("retry-after") or 0), _LEAST_WAIT_SECONDS))
            begun = self.ask("DELETE", path, version=version)
        return self.finish(begun)

    def take(self) -> list[Exchange]:
        """What was exchanged since the last time."""
        taken, self.exchanges = self.exchanges, []
        return taken

    def _exchange(self, method: str, base: str, path: str, body: Any, headers: dict[str, str]) -> Exchange:  # noqa: ANN401
        answer = self.http.request(method, f"{base}{path}", json=body, headers=headers)
        try:
            found = answer.json() if answer.content else None
        except json.JSONDecodeError:
            found = answer.text
        exchange = Exchange(
            method=method,
            path=path,
            sent=body,
            status=answer.status_code,
            headers={key.lower(): value for key, value in answer.headers.items()},
            body=found,
        )
        self.exchanges.append(exchange)
        return exchange
