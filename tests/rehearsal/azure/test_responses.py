"""Responses and completions on the wire."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.dataplane import ask_dated, ask_plane
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, READER


def respond(pretend: Pretend, text: str = "Hello?", **rest: object) -> dict:
    return ask_plane(pretend, "POST", "/responses", {"model": "bot", "input": text, **rest}).json()


def test_response_goes_on_where_another_ended(pretend: Pretend) -> None:
    pretend.deploy()

    first = respond(pretend)
    second = respond(pretend, "And now?", previous_response_id=first["id"])
    items = ask_plane(pretend, "GET", f"/responses/{second['id']}/input_items?order=asc").json()

    assert [each.get("role") for each in items["data"]] == ["user", "assistant", "user"]
    assert second["usage"]["input_tokens"] == first["usage"]["total_tokens"] + 3


def test_response_is_deleted(pretend: Pretend) -> None:
    pretend.deploy()
    made = respond(pretend)

    found = ask_dated(pretend, "GET", f"/responses/{made['id']}").json()
    ask_plane(pretend, "DELETE", f"/responses/{made['id']}")

    assert found == made
    assert ask_plane(pretend, "GET", f"/responses/{made['id']}").status_code == 404


def test_response_is_not_kept(pretend: Pretend) -> None:
    pretend.deploy()

    made = respond(pretend, store=False)

    assert ask_plane(pretend, "GET", f"/responses/{made['id']}").status_code == 404


def test_response_is_cut(pretend: Pretend) -> None:
    pretend.deploy()

    made = respond(pretend, max_output_tokens=3)

    assert (made["status"], made["incomplete_details"]) == ("incomplete", {"reason": "max_output_tokens"})


def test_reader_may_not_respond(pretend: Pretend) -> None:
    pretend.deploy()

    refused = ask_plane(pretend.as_(READER), "POST", "/responses", {"model": "bot", "input": "Hello?"})

    assert "accounts/OpenAI/responses/write" in refused.json()["error"]["message"]


def test_old_model_completes(pretend: Pretend) -> None:
    pretend.deploy()
    deployment = pretend.world.resources.find(f"{ACCOUNT}/deployments/bot")
    deployment.internal.update(baseName="babbage-002", baseVersion="1")
    pretend.world.resources.save(deployment)

    body = ask_plane(pretend, "POST", "/completions", {"model": "bot", "prompt": "Hello?", "max_tokens": 4}).json()

    assert (body["object"], body["choices"][0]["finish_reason"]) == ("text_completion", "length")
    assert body["usage"]["completion_tokens"] == 4


@pytest.mark.parametrize(("path", "code"), [("/completions", "OperationNotSupported"), ("/embeddings", "NotEmulated")])
def test_what_the_model_does_not_have_is_refused(pretend: Pretend, path: str, code: str) -> None:
    pretend.deploy()

    assert get_code(ask_plane(pretend, "POST", path, {"model": "bot", "prompt": "Hello?"})) == code
