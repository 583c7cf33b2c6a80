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

    found = ask_dated(pretend, "GET", f"/responses/{made['id']}", **{"api-version": "2025-04-01-preview"}).json()
    ask_plane(pretend, "DELETE", f"/responses/{made['id']}")

    assert found == made
    assert ask_plane(pretend, "GET", f"/responses/{made['id']}").status_code == 404


def test_response_is_not_kept(pretend: Pretend) -> None:
    pretend.deploy()

    made = respond(pretend, store=False)

    assert ask_plane(pretend, "GET", f"/responses/{made['id']}").status_code == 404


def test_response_is_cut(pretend: Pretend) -> None:
    pretend.deploy()

    made = respond(pretend, max_output_tokens=16)

    assert (made["status"], made["incomplete_details"]) == ("incomplete", {"reason": "max_output_tokens"})


def test_function_is_called_where_it_is_demanded(pretend: Pretend) -> None:
    pretend.deploy()
    parameters = {"type": "object", "properties": {"order": {"type": "string"}}}
    tool = {"type": "function", "name": "find_order", "parameters": parameters}

    [called] = respond(pretend, tools=[tool], tool_choice="required")["output"]
    [said] = respond(pretend, tools=[tool])["output"]

    assert (called["type"], called["name"], called["arguments"]) == (
        "function_call",
        "find_order",
        '{"order": "rehearsal"}',
    )
    assert said["type"] == "message"


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        ({"tools": [{"type": "web_search"}]}, 501),
        ({"conversation": "conv_1"}, 501),
        ({"background": True, "stream": True}, 501),
        ({"background": True, "store": False}, 400),
    ],
)
def test_what_a_response_cannot_have_is_refused(pretend: Pretend, rest: dict, status: int) -> None:
    pretend.deploy()

    refused = ask_plane(pretend, "POST", "/responses", {"model": "bot", "input": "Hello?", **rest})

    assert refused.status_code == status


def test_response_of_fewer_than_16_tokens_is_refused_in_azures_words(pretend: Pretend) -> None:
    pretend.deploy()

    refused = ask_plane(pretend, "POST", "/responses", {"model": "bot", "input": "Hello?", "max_output_tokens": 10})

    words = "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 10 instead."
    assert refused.status_code == 400
    assert refused.json()["error"] == {
        "message": words,
        "type": "invalid_request_error",
        "param": "max_output_tokens",
        "code": "integer_below_min_value",
    }


def test_response_has_log_probabilities_where_they_are_wanted(pretend: Pretend) -> None:
    pretend.deploy()
    wanted = {"include": ["message.output_text.logprobs"], "top_logprobs": 2}

    [part] = respond(pretend, **wanted)["output"][0]["content"]
    streamed = ask_plane(pretend, "POST", "/responses", {"model": "bot", "input": "Hello?", "stream": True, **wanted})

    assert "".join(each["token"] for each in part["logprobs"]) == part["text"]
    assert part["logprobs"][0]["top_logprobs"][0]["token"] == part["logprobs"][0]["token"]
    assert '"delta": "This", "logprobs": [{"token": "This"' in streamed.text


def test_response_in_the_background_is_done_in_its_time(pretend: Pretend) -> None:
    pretend.world.settings.put("backgroundResponseSeconds", 60)
    pretend.deploy()
    made = respond(pretend, background=True)
    place = f"/responses/{made['id']}"

    running = ask_plane(pretend, "GET", place).json()
    pretend.pass_seconds(60)
    done = ask_plane(pretend, "GET", place).json()

    assert (made["status"], running["status"], done["status"]) == ("queued", "in_progress", "completed")
    assert (running["output"], len(done["output"])) == ([], 1)


def test_response_is_cancelled_before_it_is_done_and_not_after(pretend: Pretend) -> None:
    pretend.world.settings.put("backgroundResponseSeconds", 60)
    pretend.deploy()
    early, late, plain = respond(pretend, background=True), respond(pretend, background=True), respond(pretend)

    first, again = (ask_plane(pretend, "POST", f"/responses/{early['id']}/cancel").json() for _ in range(2))
    pretend.pass_seconds(60)
    kept = ask_plane(pretend, "GET", f"/responses/{early['id']}").json()
    done = ask_plane(pretend, "POST", f"/responses/{late['id']}/cancel").json()

    assert first == again == kept
    assert (first["status"], done["status"]) == ("cancelled", "completed")
    assert ask_plane(pretend, "POST", f"/responses/{plain['id']}/cancel").status_code == 400


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
