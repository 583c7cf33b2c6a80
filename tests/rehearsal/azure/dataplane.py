"""Calls of an account's data plane, in the pretend Azure of this process."""

from __future__ import annotations

from typing import Any

import httpx

from tests.rehearsal.azure.pretend import MODELS, Pretend

VERSION = "2024-10-21"


def ask_plane(
    pretend: Pretend, method: str, path: str, body: Any = None, *, account: str = "contoso-dev", **rest: Any
) -> httpx.Response:
    """A call of v1 with a token: `ask_plane(pretend, "GET", "/files")`; `rest` goes to httpx."""
    headers = {"Authorization": f"Bearer {pretend.get_token(MODELS)}", **rest.pop("headers", {})}
    return pretend.http.request(method, f"/accounts/{account}/openai/v1{path}", json=body, headers=headers, **rest)


def ask_dated(pretend: Pretend, method: str, path: str, body: Any = None, **query: str) -> httpx.Response:
    """The same call at its dated address."""
    headers = {"Authorization": f"Bearer {pretend.get_token(MODELS)}"}
    address = f"/accounts/contoso-dev/openai{path}"
    return pretend.http.request(method, address, json=body, headers=headers, params={"api-version": VERSION, **query})


def chat(pretend: Pretend, text: str = "Hello?", **rest: Any) -> httpx.Response:
    """A chat of v1 with the deployment `bot`; `headers` go beside the token, all else into the body."""
    headers = rest.pop("headers", {})
    body = {"model": "bot", "messages": [{"role": "user", "content": text}], **rest}
    return ask_plane(pretend, "POST", "/chat/completions", body, headers=headers)
