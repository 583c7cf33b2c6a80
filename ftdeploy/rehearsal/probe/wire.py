"""Requests to Azure, one after the other, each kept as it was exchanged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

import httpx

MANAGEMENT_SCOPE = "https://management.azure.com/.default"
MODELS_SCOPE = "https://cognitiveservices.azure.com/.default"
_PATIENCE_SECONDS = 1800
_LEAST_WAIT_SECONDS = 1.0
_NOT_YET = (httpx.codes.ACCEPTED, httpx.codes.TOO_MANY_REQUESTS)

Found = TypeVar("Found")
Headers = Mapping[str, str]


class Tokens(Protocol):
    """A credential of azure-identity."""

    def get_token(self, *scopes: str, tenant_id: str | None = None) -> Any:  # noqa: ANN401 an AccessToken
        """A token, with a field `token`; of another tenant where one is named."""


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

    @property
    def message(self) -> str:
        """The error's words; empty for success."""
        error = self.body.get("error") if isinstance(self.body, dict) else None
        return str(error.get("message") or "") if isinstance(error, dict) else ""

    @property
    def state(self) -> str:
        """What the body has for `properties.provisioningState`."""
        properties = self.body.get("properties") if isinstance(self.body, dict) else None
        return str((properties or {}).get("provisioningState") or "")


def read_now() -> datetime:
    """The present, by this machine's clock."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Wire:
    """Resource Manager, the model endpoints and what is around them, by plain requests."""

    http: httpx.Client
    tokens: Tokens
    base: str
    """Resource Manager's address, without a slash at its end."""
    pause: Callable[[float], None] = time.sleep
    """Waits so many seconds."""
    now: Callable[[], datetime] = read_now
    exchanges: list[Exchange] = field(default_factory=list)
    """Everything since they were last taken."""

    def get_token(self, scope: str = MANAGEMENT_SCOPE, *, tenant: str = "") -> str:
        """A token of the probing principal; of another tenant where one is named."""
        found = self.tokens.get_token(scope, tenant_id=tenant) if tenant else self.tokens.get_token(scope)
        return str(found.token)

    def ask(  # noqa: PLR0913 what a request has
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 JSON
        *,
        version: str = "2025-06-01",
        token: str = "",
        headers: Headers | None = None,
    ) -> Exchange:
        """A management request; without a version when that is empty, and with another token where one is given.

        What Resource Manager throttles is asked again when it says so.
        """
        query = f"{'&' if '?' in path else '?'}api-version={version}" if version else ""
        shown = {"Authorization": f"Bearer {token or self.get_token()}", **(headers or {})}
        address, waited_seconds = f"{self.base}{path}{query}", 0.0
        answer = self.send(method, address, body, headers=shown)
        while answer.status == httpx.codes.TOO_MANY_REQUESTS and waited_seconds < _PATIENCE_SECONDS:
            waited_seconds += self.rest(answer)
            answer = self.send(method, address, body, headers=shown)
        return answer

    def call(self, endpoint: str, path: str, body: Any, **headers: str) -> Exchange:  # noqa: ANN401 JSON
        """A model call, with a token unless `headers` show something else."""
        shown = headers or {"Authorization": f"Bearer {self.get_token(MODELS_SCOPE)}"}
        return self.send("POST", f"{endpoint.rstrip('/')}{path}", body, headers=shown)

    def send(  # noqa: PLR0913 what a request has
        self,
        method: str,
        address: str,
        body: Any = None,  # noqa: ANN401 JSON
        *,
        headers: Headers | None = None,
        form: dict[str, str] | None = None,
        files: dict[str, tuple[str, bytes, str]] | None = None,
    ) -> Exchange:
        """Any request, with a JSON body or a form; of files the names and sizes are kept."""
        answer = self.http.request(method, address, json=body, data=form, files=files, headers=dict(headers or {}))
        named: Any = {key: f"{name}, {len(content)} bytes" for key, (name, content, _) in (files or {}).items()}
        path = address.removeprefix(self.base)
        exchange = _read(answer, method=method, path=path, sent={**form, **named} if form else body)
        self.exchanges.append(exchange)
        return exchange

    def finish(self, begun: Exchange) -> Exchange:
        """Wait for what a write began; the write itself when it began nothing."""
        address = begun.headers.get("azure-asyncoperation") or begun.headers.get("location")
        last, waited_seconds = begun, 0.0
        while address and waited_seconds < _PATIENCE_SECONDS:
            last = self.send("GET", address, headers={"Authorization": f"Bearer {self.get_token()}"})
            state = str(last.body.get("status") or "").lower() if isinstance(last.body, dict) else ""
            if last.status not in _NOT_YET and state not in ("inprogress", "running", "accepted", "creating"):
                break
            waited_seconds += self.rest(last)
        return last

    def remove(self, path: str, *, version: str = "2025-06-01") -> Exchange:
        """Delete something, as soon as what is under way lets it, and wait until it is gone."""
        begun, waited_seconds = self.ask("DELETE", path, version=version), 0.0
        while begun.status == httpx.codes.CONFLICT and waited_seconds < _PATIENCE_SECONDS:
            waited_seconds += self.rest(begun)
            begun = self.ask("DELETE", path, version=version)
        return self.finish(begun)

    def wait(
        self, look: Callable[[], Found | None], *, limit_seconds: float, every_seconds: float = 10.0
    ) -> Found | None:
        """Look again and again until something is found; None when that took too long."""
        waited_seconds = 0.0
        found = look()
        while found is None and waited_seconds < limit_seconds:
            self.pause(every_seconds)
            waited_seconds += every_seconds
            found = look()
        return found

    def take(self) -> list[Exchange]:
        """What was exchanged since the last time."""
        taken, self.exchanges = self.exchanges, []
        return taken

    def rest(self, answer: Exchange) -> float:
        """Wait as long as an answer asks for; the seconds."""
        seconds = max(float(answer.headers.get("retry-after") or 0), _LEAST_WAIT_SECONDS)
        self.pause(seconds)
        return seconds


def _read(answer: httpx.Response, *, method: str, path: str, sent: Any) -> Exchange:  # noqa: ANN401 JSON
    try:
        found = answer.json() if answer.content else None
    except json.JSONDecodeError:
        found = answer.text
    return Exchange(
        method=method,
        path=path,
        sent=sent,
        status=answer.status_code,
        headers={key.lower(): value for key, value in answer.headers.items()},
        body=found,
    )
