"""What a chat can ask for."""

from __future__ import annotations

import json

import pytest

from tests.rehearsal.azure.dataplane import chat
from tests.rehearsal.azure.pretend import Pretend

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}, "unit": {"enum": ["C", "F"]}}}
TOOL = {"type": "function", "function": {"name": "get_weather", "parameters": SCHEMA}}


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_answer_is_cut(pretend: Pretend, name: str) -> None:
    pretend.deploy()

    body = chat(pretend, **{name: 3}).json()

    assert (body["choices"][0]["finish_reason"], body["usage"]["completion_tokens"]) == ("length", 3)


def test_choices_are_alike_and_counted(pretend: Pretend) -> None:
    pretend.deploy()

    one, two = chat(pretend).json(), chat(pretend, n=2).json()

    assert [each["index"] for each in two["choices"]] == [0, 1]
    assert two["usage"]["completion_tokens"] == 2 * one["usage"]["completion_tokens"]


def test_stop_ends_the_answer(pretend: Pretend) -> None:
    pretend.deploy()

    body = chat(pretend, stop=["You asked"]).json()

    assert body["choices"][0]["message"]["content"].endswith("in a rehearsal. ")


def test_answer_has_the_form_that_was_prescribed(pretend: Pretend) -> None:
    pretend.deploy()
    form = {"type": "json_schema", "json_schema": {"name": "weather", "schema": SCHEMA}}

    body = chat(pretend, response_format=form).json()

    assert json.loads(body["choices"][0]["message"]["content"]) == {"city": "rehearsal", "unit": "C"}


@pytest.mark.parametrize("choice", ["required", {"type": "function", "function": {"name": "get_weather"}}])
def test_demanded_tool_is_called(pretend: Pretend, choice: object) -> None:
    pretend.deploy()

    answered = chat(pretend, tools=[TOOL], tool_choice=choice).json()["choices"][0]

    function = answered["message"]["tool_calls"][0]["function"]
    assert (answered["finish_reason"], function["name"]) == ("tool_calls", "get_weather")
    assert json.loads(function["arguments"])["unit"] == "C"


def test_tool_that_is_only_offered_is_not_called(pretend: Pretend) -> None:
    pretend.deploy()

    assert chat(pretend, tools=[TOOL]).json()["choices"][0]["finish_reason"] == "stop"


@pytest.mark.parametrize(
    "asked",
    [
        {"n": 0},
        {"tool_choice": {"type": "function", "function": {"name": "other"}}},
        {"response_format": {"type": "xml"}},
        {"tools": 5},
        {"tools": ["search"]},
        {"stop": 5},
        {"stream": True, "stream_options": True},
    ],
    ids=["no-choices", "unknown-tool", "unknown-form", "no-tools", "no-tool", "no-stop", "no-options"],
)
def test_what_cannot_be_answered_is_refused(pretend: Pretend, asked: dict) -> None:
    pretend.deploy()

    refused = chat(pretend, **asked)

    assert (refused.status_code, refused.json()["error"]["type"]) == (400, "invalid_request_error")


def test_every_event_before_the_last_has_no_usage_where_usage_is_wanted(pretend: Pretend) -> None:
    pretend.deploy()

    lines = chat(pretend, stream=True, stream_options={"include_usage": True}).text.strip().split("\n\n")

    usages = [json.loads(each.removeprefix("data: "))["usage"] for each in lines[1:-1]]
    assert usages[:-1] == [None] * (len(usages) - 1)
    assert usages[-1]["prompt_tokens"] == 2
