"""The emulator without a process or a port: each request goes straight to the application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from ftdeploy.rehearsal.azure.app import build_app
from ftdeploy.rehearsal.azure.scenario import apply_once
from ftdeploy.rehearsal.azure.signing import KEPT_AS, make_key
from ftdeploy.rehearsal.azure.world import World, open_world
from tests.rehearsal.azure.scenarios import ACCOUNT, OWN_MODEL, PIPELINE, SECRET, TENANT, build_deployment

MANAGEMENT = "https://management.azure.com"
MODELS = "https://cognitiveservices.azure.com"


class _Transport(httpx.BaseTransport):
    """Runs the application for one request; takes the answer whole."""

    def __init__(self, world: World) -> None:
        self._inner = httpx.ASGITransport(build_app(world), raise_app_exceptions=True)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def answer() -> httpx.Response:
            forward = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
            response = await self._inner.handle_async_request(forward)
            return httpx.Response(response.status_code, headers=response.headers, content=await response.aread())

        return asyncio.run(answer())


@dataclass(slots=True, kw_only=True)
class Pretend:
    """`pretend.put(path, body)` asks as the pipeline, `pretend.as_(READER).get(path)` as another."""

    world: World
    http: httpx.Client
    client_id: str = PIPELINE["clientId"]
    tenant: str = TENANT
    auxiliary_tenants: Sequence[str] = ()
    _tokens: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def as_(self, principal: dict[str, str]) -> Pretend:
        """The same world, asked by another principal."""
        return Pretend(world=self.world, http=self.http, client_id=principal["clientId"], tenant=self.tenant)

    def in_(self, tenant: str) -> Pretend:
        """The same world and principal, with tokens of another tenant."""
        return Pretend(world=self.world, http=self.http, client_id=self.client_id, tenant=tenant)

    def also_in(self, *tenants: str) -> Pretend:
        """The same, with auxiliary tokens of further tenants in this order."""
        return Pretend(
            world=self.world, http=self.http, client_id=self.client_id, tenant=self.tenant, auxiliary_tenants=tenants
        )

    def pass_seconds(self, seconds: float) -> None:
        """Time goes on."""
        with self.world.store.transaction():
            self.world.move_clock(seconds)

    def get_token(self, audience: str = MANAGEMENT, tenant: str = "") -> str:
        """A token of the token endpoint."""
        key = (self.client_id, tenant or self.tenant, audience)
        if key not in self._tokens:
            form = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": SECRET}
            address = f"/{tenant or self.tenant}/oauth2/v2.0/token"
            response = self.http.post(address, data={**form, "scope": f"{audience}/.default"})
            self._tokens[key] = response.json()["access_token"]
        return self._tokens[key]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """A management request; the path may have a query of its own."""
        sent = {"Authorization": f"Bearer {self.get_token()}"}
        if self.auxiliary_tenants:
            tokens = [f"Bearer {self.get_token(tenant=each)}" for each in self.auxiliary_tenants]
            sent["x-ms-authorization-auxiliary"] = ", ".join(tokens)
        joint = "&" if "?" in path else "?"
        address = path if "api-version=" in path else f"{path}{joint}api-version={_get_version(path)}"
        return self.http.request(method, address, json=body, headers={**sent, **headers})

    def get(self, path: str) -> httpx.Response:
        """Read."""
        return self.ask("GET", path)

    def put(self, path: str, body: Any) -> httpx.Response:
        """Write."""
        return self.ask("PUT", path, body)

    def delete(self, path: str) -> httpx.Response:
        """Remove."""
        return self.ask("DELETE", path)

    def deploy(
        self, name: str = "bot", *, account: str = ACCOUNT, model: str = OWN_MODEL, **rest: Any
    ) -> httpx.Response:
        """PUT a deployment."""
        return self.put(f"{account}/deployments/{name}", build_deployment(model, **rest))

    def chat(self, deployment: str = "bot", *, account: str = "contoso-dev", **headers: str) -> httpx.Response:
        """A chat completion with a token, or with what `headers` say."""
        sent = headers or {"Authorization": f"Bearer {self.get_token(MODELS)}"}
        address = f"/accounts/{account}/openai/deployments/{deployment}/chat/completions?api-version=2024-10-21"
        return self.http.post(address, json={"messages": [{"role": "user", "content": "Hello?"}]}, headers=sent)


def _get_version(path: str) -> str:
    """One that the provider of a path knows; a provider itself is Resource Manager's to show."""
    lowered = path.lower().partition("?")[0].removesuffix("/register")
    provider, _, kind = (
        lowered.rpartition("/providers/")[2].partition("/") if "/providers/" in lowered else ("", "", "")
    )
    known = {"microsoft.authorization": "2022-04-01", "microsoft.insights": "2018-01-01"}
    return known.get(provider, "2025-06-01") if kind else "2024-03-01"


def open_pretend(
    folder: Path, scenario: dict[str, Any], *, without: Sequence[str] = (), operation_seconds: float = 0.0
) -> Pretend:
    """A world in a folder; opening the same folder again goes on with it."""
    file = folder / "scenario.json"
    file.write_text(json.dumps(scenario), encoding="utf-8")
    world = open_world(folder / "state.sqlite", without=without, identity_header="only-the-workload-knows")
    with world.store.transaction():
        if world.store.find_setting(KEPT_AS) is None:
            world.store.keep_setting(KEPT_AS, _get_key())
        apply_once(world, file)
        world.operations.seconds = operation_seconds
    return Pretend(world=world, http=httpx.Client(transport=_Transport(world), base_url="https://127.0.0.1:20443"))


@cache
def _get_key() -> str:
    """One signing key for all worlds of a test run: making one takes a while."""
    return make_key()


def get_code(response: httpx.Response) -> str:
    """The code of an error; empty for success."""
    if response.is_success:
        return ""
    return str(response.json()["error"]["code"])
