"""What the models refuse of a chat, in the words and the envelope that clients meet on Azure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rehearsal.azure.dataplane import ask_dated, ask_plane, chat
from tests.rehearsal.azure.pretend import Pretend

CALLED = {"role": "assistant", "tool_calls": [{"id": name, "type": "function"} for name in ("one", "two")]}
CLOSED = {"type": "object", "additionalProperties": False}


def ask(pretend: Pretend, **rest: Any) -> tuple[int, dict]:
    response = chat(pretend, **rest)
    return response.status_code, response.json().get("error", {})


def order(*messages: dict) -> dict:
    return {"messages": [{"role": "user", "content": "Hello?"}, *messages]}


def answer(name: str) -> dict:
    return {"role": "tool", "tool_call_id": name, "content": "7"}


def form(schema: dict) -> dict:
    return {"response_format": {"type": "json_schema", "json_schema": {"name": "x", "strict": True, "schema": schema}}}


def test_refusal_has_the_envelope_of_the_models(pretend: Pretend) -> None:
    pretend.deploy()

    status, error = ask(pretend, topP=1, frequencyPenalty=0)

    words = "Unrecognized request arguments supplied: frequencyPenalty, topP"
    assert (status, error) == (
        400,
        {"message": words, "type": "invalid_request_error", "param": None, "code": None},
    )


@pytest.mark.parametrize(
    ("asked", "words", "param"),
    [
        (order(answer("one")), "must be a response to a preceeding message", "messages.[1].role"),
        (order(CALLED, answer("one")), "did not have response messages: two", "messages"),
        (order(CALLED, {"role": "user", "content": "?"}), "did not have response messages: one, two", "messages"),
        (
            order({"role": "robot", "content": "?"}),
            "Invalid value: 'robot'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and "
            "'developer'.",
            "messages[1].role",
        ),
        ({"response_format": {"type": "json_object"}}, "must contain the word 'json'", "messages"),
        ({"temperature": 9}, "9 is greater than the maximum of 2 - 'temperature'", None),
        ({"n": 129}, "129 is greater than the maximum of 128 - 'n'", None),
        ({"top_p": -1}, "-1 is less than the minimum of 0 - 'top_p'", None),
        (form({"type": "object"}), "In context=(), 'additionalProperties' is required", "response_format"),
        (
            form({**CLOSED, "properties": {"a": {"type": "string"}}}),
            "In context=(), 'required' is required to be supplied and to be an array including every key in "
            "properties. Missing 'a'.",
            "response_format",
        ),
        (
            form({**CLOSED, "properties": {"a": {"items": {"type": "object"}}}, "required": ["a"]}),
            "In context=('properties', 'a', 'items'), 'additionalProperties'",
            "response_format",
        ),
    ],
)
def test_chat_is_refused(pretend: Pretend, asked: dict, words: str, param: str | None) -> None:
    pretend.deploy()

    status, error = ask(pretend, **asked)

    assert (status, error["param"]) == (400, param)
    assert words in error["message"]


@pytest.mark.parametrize(
    "asked",
    [
        order(CALLED, answer("two"), answer("one"), {"role": "user", "content": "And?"}),
        {**order({"role": "system", "content": "Say it in JSON"}), "response_format": {"type": "json_object"}},
        form({**CLOSED, "properties": {"a": {"$ref": "#/$defs/a"}}, "required": ["a"], "$defs": {"a": CLOSED}}),
        {"temperature": 2, "top_p": 0, "presence_penalty": -2, "frequency_penalty": None},
        {"function_call": "auto", "functions": [{"name": "find"}]},
    ],
)
def test_chat_is_answered(pretend: Pretend, asked: dict) -> None:
    pretend.deploy()

    assert ask(pretend, **asked) == (200, {})


@pytest.mark.parametrize(
    "asked",
    [
        order({"role": "assistant", "tool_calls": "none"}, {"role": "assistant", "tool_calls": ["one"]}),
        form({"type": "object", "additionalProperties": False, "properties": ["a"], "required": "a", "anyOf": {}}),
        {"response_format": {"type": "json_schema", "json_schema": "x"}},
        {"logprobs": True, "top_logprobs": "two"},
        {"response_format": {"type": "json_schema", "json_schema": {"schema": {"properties": {"a": "string"}}}}},
    ],
)
def test_shapes_that_cannot_be_are_no_defect(pretend: Pretend, asked: dict) -> None:
    pretend.deploy()

    assert ask(pretend, **asked)[0] in (200, 400)


def test_function_demanded_the_old_way_is_refused_by_name(pretend: Pretend) -> None:
    pretend.deploy()

    status, error = ask(pretend, functions=[{"name": "find"}], function_call={"name": "find"})

    assert (status, "function_call of a chat" in error["message"]) == (501, True)


def test_strict_schema_of_a_response_is_checked(pretend: Pretend) -> None:
    pretend.deploy()
    form = {"type": "json_schema", "name": "x", "strict": True, "schema": {"type": "object"}}

    refused = ask_plane(
        pretend, "POST", "/responses", {"model": "bot", "input": "Hello?", "text": {"format": form}}
    ).json()["error"]

    assert (refused["param"], refused["code"]) == ("text.format.schema", "invalid_json_schema")


def test_response_to_go_on_from_must_be_kept(pretend: Pretend) -> None:
    pretend.deploy()

    response = ask_plane(
        pretend, "POST", "/responses", {"model": "bot", "input": "Hello?", "previous_response_id": "resp_gone"}
    )

    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (400, "previous_response_not_found")
    assert (error["param"], error["type"]) == ("previous_response_id", "invalid_request_error")


@pytest.mark.parametrize("version", ["2023-12-01", "preview", "v1"])
def test_dated_address_takes_dated_versions_only(pretend: Pretend, version: str) -> None:
    pretend.deploy()
    body = {"messages": [{"role": "user", "content": "Hello?"}]}

    found = [
        ask_dated(pretend, "POST", "/deployments/bot/chat/completions", body, **{"api-version": version}),
        ask_dated(pretend, "GET", "/files", **{"api-version": version}),
    ]

    assert [each.status_code for each in found] == [404, 404]


def test_responses_and_schemas_need_a_later_version(pretend: Pretend) -> None:
    pretend.deploy()
    old = {"api-version": "2024-06-01"}
    chatted = {"messages": [{"role": "user", "content": "Hello?"}], **form(CLOSED)}

    response = ask_dated(pretend, "POST", "/responses", {"model": "bot", "input": "Hello?"}, **old)
    schema = ask_dated(pretend, "POST", "/deployments/bot/chat/completions", chatted, **old)
    late = ask_dated(pretend, "POST", "/deployments/bot/chat/completions", chatted)

    assert (response.status_code, schema.status_code, late.status_code) == (400, 400, 200)
    assert "enabled only for api-version 2025-03-01-preview and later" in response.text
    assert "enabled only for api versions 2024-08-01-preview and later" in schema.text
