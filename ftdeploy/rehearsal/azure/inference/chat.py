"""Chat completions, by Azure's path with a deployment in it and by the v1 path.

A tool is called where the caller demands one. Every token is certain: its log probability is 0. Not emulated: sound,
data sources of one's own.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import not_emulated
from ftdeploy.rehearsal.azure.inference import errors, filters
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.inference.answering import answer
from ftdeploy.rehearsal.azure.inference.bodies import (
    check_shapes,
    read_count,
    read_maximum,
    read_stops,
    render_certain,
    render_event,
)
from ftdeploy.rehearsal.azure.inference.forms import find_demanded_tool, plan_form, sample
from ftdeploy.rehearsal.azure.inference.prompts import Generation, Prompt, read_text, split_tokens
from ftdeploy.rehearsal.azure.inference.requests import check_chat
from ftdeploy.rehearsal.azure.inference.versions import check_api_version
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.storedcompletions.models import keep
from ftdeploy.rehearsal.azure.traffic import CHAT

_NEED = Need(
    action="Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action",
    operation="POST /openai/deployments/{deployment-id}/chat/completions",
)


def post_chat(call: Call) -> Reply:
    """`/accounts/<subdomain>/openai/deployments/<deployment>/chat/completions?api-version=…`."""
    account = get_account(call, _NEED)
    check_api_version(call)
    return _answer(call, account, call.parameters["deployment"], call.read_json())


def post_chat_v1(call: Call) -> Reply:
    """`/accounts/<subdomain>/openai/v1/chat/completions`; `model` names the deployment."""
    account = get_account(call, _NEED)
    body = call.read_json()
    return _answer(call, account, str(body.get("model") or ""), body)


def _answer(call: Call, account: Resource, name: str, body: Json) -> Reply:
    _check(call, body)
    tool = find_demanded_tool(body)
    prompt = _read_prompt(body, tool)

    def finish(made: Generation) -> Reply:
        """A chat is complete here, whether it is then streamed or not."""
        alternatives = int(bool(body.get("top_logprobs"))) if body.get("logprobs") else None
        whole = _render(call, made, prompt, tool, alternatives=alternatives)
        keep(call, account, body, whole)
        if not prompt.is_stream:
            return Reply(body=whole)
        with_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        return Reply(events=_render_events(whole, with_usage=with_usage))

    return answer(call, account, name, prompt, finish)


def _check(call: Call, body: Json) -> None:
    check_shapes(body)
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(each, dict) for each in messages):
        raise errors.bad_request("'messages' is a required property")
    for left_out in ("audio", "data_sources"):
        if body.get(left_out):
            raise not_emulated(f"{left_out} of a chat")
    check_chat(call, body)


def _read_prompt(body: Json, tool: Json | None) -> Prompt:
    messages = body["messages"]
    return Prompt(
        operation=CHAT,
        text="\n".join(read_text(each.get("content")) for each in messages),
        asked=read_text(messages[-1].get("content")),
        choices=read_count(body, "n", 1),
        maximum_tokens=read_maximum(body, "max_completion_tokens", "max_tokens"),
        stops=read_stops(body),
        is_stream=bool(body.get("stream")),
        planned=sample(tool.get("parameters") or {}) if tool else plan_form(body.get("response_format")),
    )


def _render(call: Call, made: Generation, prompt: Prompt, tool: Json | None, *, alternatives: int | None) -> Json:
    """A chat completion as one body; `alternatives` to each token, None where no log probabilities are wanted."""
    choices = [_render_choice(made, number, tool, alternatives=alternatives) for number in range(prompt.choices)]
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex[:29]}",
        "object": "chat.completion",
        "created": int(call.world.clock.now().timestamp()),
        "model": made.model,
        "prompt_filter_results": filters.render_prompt_results(),
        "choices": choices,
        "usage": made.usage,
    }


def _render_choice(made: Generation, number: int, tool: Json | None, *, alternatives: int | None) -> Json:
    results = {"content_filter_results": filters.render_results(is_filtered=made.finish == "content_filter")}
    message: Json = {"role": "assistant", "content": made.text, "refusal": None}
    finish = made.finish
    if tool is not None and made.finish == "stop":
        function = {"name": tool["name"], "arguments": made.text}
        called = {"id": f"call_{uuid.uuid4().hex[:24]}", "type": "function", "function": function}
        message, finish = {**message, "content": None, "tool_calls": [called]}, "tool_calls"
    logprobs = None if alternatives is None else _render_logprobs(split_tokens(made.text), alternatives)
    return {"index": number, "message": message, "finish_reason": finish, "logprobs": logprobs, **results}


def _render_logprobs(tokens: list[str], alternatives: int) -> Json:
    return {"content": [render_certain(each, alternatives) for each in tokens], "refusal": None}


def _render_events(whole: Json, *, with_usage: bool) -> Iterator[str]:
    """A chat completion as server-sent events, a token each."""
    head = {**{key: whole[key] for key in ("id", "created", "model")}, "object": "chat.completion.chunk"}
    head = {**head, "usage": None} if with_usage else head
    first = {"id": "", "created": 0, "model": "", "object": "", "choices": []}
    yield render_event({**first, "prompt_filter_results": whole["prompt_filter_results"]})
    for choice in whole["choices"]:
        told = iter((choice["logprobs"] or {}).get("content") or ())
        for delta in _split(choice["message"]):
            logprobs = (
                {"content": [next(told)], "refusal": None} if choice["logprobs"] and delta.get("content") else None
            )
            yield render_event({**head, "choices": [_render_delta(choice, delta, logprobs=logprobs)]})
        yield render_event({**head, "choices": [_render_delta(choice, {}, finish=choice["finish_reason"])]})
    if with_usage:
        yield render_event({**head, "choices": [], "usage": whole["usage"]})
    yield "data: [DONE]\n\n"


def _split(message: Json) -> Iterator[Json]:
    calls = message.get("tool_calls")
    if calls:
        yield {"role": "assistant", "content": None, "tool_calls": [{"index": 0, **calls[0]}]}
        return
    yield {"role": "assistant", "content": ""}
    for token in split_tokens(message["content"]):
        yield {"content": token}


def _render_delta(
    choice: Json, delta: Json, *, finish: str | None = None, logprobs: Json | None = None
) -> dict[str, Any]:
    results = choice["content_filter_results"] if finish or "content" in delta else {}
    head = {"index": choice["index"], "delta": delta, "finish_reason": finish, "logprobs": logprobs}
    return {**head, "content_filter_results": results}
