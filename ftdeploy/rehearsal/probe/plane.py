"""The data plane of an account: models, files, training, by its second key, which no probe makes anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.wire import Exchange, Headers, Wire

TOKENS_EUR = 0.01
"""Ours: a few calls to gpt-4o-mini cost far less."""
READY_SECONDS = 900
"""Azure's own words for a deployment that is not found yet speak of five minutes; ours is three times that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """An account's endpoint, opened."""

    wire: Wire
    endpoint: str
    key: str

    def ask(  # noqa: PLR0913 what a request has
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 JSON
        *,
        form: dict[str, str] | None = None,
        files: dict[str, tuple[str, bytes, str]] | None = None,
        headers: Headers | None = None,
    ) -> Exchange:
        """A call of v1, with the key unless `headers` show something else."""
        address = f"{self.endpoint.rstrip('/')}/openai/v1{path}"
        return self.wire.send(method, address, body, form=form, files=files, headers=headers or {"api-key": self.key})

    def chat(self, deployment: str, text: str = "Say yes.", **asked: Any) -> Exchange:  # noqa: ANN401 JSON
        """A chat; while the deployment is not found yet, it is asked again."""
        body = {"model": deployment, "messages": [{"role": "user", "content": text}], "max_tokens": 5, **asked}
        return self.insist("/chat/completions", body)

    def insist(self, path: str, body: Any) -> Exchange:  # noqa: ANN401 JSON
        """Post something to a deployment that may not be found yet."""

        def look() -> Exchange | None:
            answer = self.ask("POST", path, body)
            return None if answer.code == "DeploymentNotFound" else answer

        found = self.wire.wait(look, limit_seconds=READY_SECONDS)
        if found is None:
            raise httpx.TimeoutException("the deployment is not found after 15 minutes")
        return found


def open_plane(lab: Lab, account: str = "") -> Plane:
    """The data plane of an account; of the lab's, where none is named."""
    place = account or lab.account
    endpoint = lab.wire.ask("GET", place).body["properties"]["endpoint"]
    key = lab.wire.ask("POST", f"{place}/listKeys").body["key2"]
    return Plane(wire=lab.wire, endpoint=endpoint, key=key)
