"""A response as one body, and as the named events that a stream of it consists of."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from ftdeploy.rehearsal.azure.call import Json
from ftdeploy.rehearsal.azure.inference.bodies import render_certain, render_event
from ftdeploy.rehearsal.azure.inference.prompts import Generation, split_tokens

_ECHOED: Json = {
    "background": False,
    "instructions": None,
    "max_output_tokens": None,
    "max_tool_calls": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "previous_response_id": None,
    "reasoning": {"effort": None, "summary": None},
    "service_tier": "default",
    "store": True,
    "temperature": 1.0,
    "text": {"format": {"type": "text"}},
    "tool_choice": "auto",
    "tools": [],
    "top_p": 1.0,
    "truncation": "disabled",
    "user": None,
}
"""What a response repeats of its request, and what it says where the request says nothing."""
_LOGPROBS = "message.output_text.logprobs"
"""With this in `include` a response has log probabilities."""


def render_response(body: Json, made: Generation, *, tool: Json | None, created_at: int) -> Json:
    """A response that is done.

    Args:
        body: the request.
        made: what the deployment made of it; the arguments where it calls a tool.
        tool: the function that it calls; None for a message.
        created_at: seconds since 1970.
    """
    is_whole = made.finish == "stop"
    reason = "content_filter" if made.finish == "content_filter" else "max_output_tokens"
    status = "completed" if is_whole else "incomplete"
    item = _render_call(made, tool) if tool is not None and is_whole else _render_message(body, made, status)
    return {
        "id": f"resp_{uuid.uuid4().hex}",
        "object": "response",
        "created_at": created_at,
        "status": status,
        "error": None,
        "incomplete_details": None if is_whole else {"reason": reason},
        "model": made.model,
        "output": [item],
        "usage": {
            "input_tokens": made.prompt_tokens,
            "input_tokens_details": {"cached_tokens": made.cached_tokens},
            "output_tokens": made.generated_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": made.prompt_tokens + made.generated_tokens,
        },
        **{key: usual if body.get(key) is None else body[key] for key, usual in _ECHOED.items()},
    }


def render_begun(whole: Json, status: str = "in_progress") -> Json:
    """The same response before anything came of it."""
    return {**whole, "status": status, "output": [], "usage": None, "incomplete_details": None}


def render_events(whole: Json) -> Iterator[str]:
    """Named events with a number each, from `response.created` to `response.completed` or `response.incomplete`."""
    for number, (name, body) in enumerate(_list_events(whole)):
        yield render_event({"type": name, "sequence_number": number, **body}, name)


def _render_message(body: Json, made: Generation, status: str) -> Json:
    logprobs: list[Json] = []
    if _LOGPROBS in (body.get("include") or ()):
        alternatives = 1 if body.get("top_logprobs") else 0
        logprobs = [render_certain(each, alternatives) for each in split_tokens(made.text)]
    part = {"type": "output_text", "text": made.text, "annotations": [], "logprobs": logprobs}
    head = {"id": f"msg_{uuid.uuid4().hex}", "type": "message", "role": "assistant", "status": status}
    return {**head, "content": [part]}


def _render_call(made: Generation, tool: Json) -> Json:
    head = {"id": f"fc_{uuid.uuid4().hex}", "type": "function_call", "status": "completed"}
    return {**head, "call_id": f"call_{uuid.uuid4().hex[:24]}", "name": tool["name"], "arguments": made.text}


def _list_events(whole: Json) -> Iterator[tuple[str, Json]]:
    item = whole["output"][0]
    emptied: Json = {"arguments": ""} if item["type"] == "function_call" else {"content": []}
    yield "response.created", {"response": render_begun(whole)}
    yield "response.in_progress", {"response": render_begun(whole)}
    yield "response.output_item.added", {"output_index": 0, "item": {**item, "status": "in_progress", **emptied}}
    yield from _list_call_events(item) if item["type"] == "function_call" else _list_message_events(item)
    yield "response.output_item.done", {"output_index": 0, "item": item}
    yield f"response.{whole['status']}", {"response": whole}


def _list_message_events(message: Json) -> Iterator[tuple[str, Json]]:
    part = message["content"][0]
    place = {"item_id": message["id"], "output_index": 0, "content_index": 0}
    told = part["logprobs"]
    yield "response.content_part.added", {**place, "part": {**part, "text": "", "logprobs": []}}
    for number, token in enumerate(split_tokens(part["text"])):
        yield "response.output_text.delta", {**place, "delta": token, "logprobs": told[number : number + 1]}
    yield "response.output_text.done", {**place, "text": part["text"], "logprobs": told}
    yield "response.content_part.done", {**place, "part": part}


def _list_call_events(called: Json) -> Iterator[tuple[str, Json]]:
    place = {"item_id": called["id"], "output_index": 0}
    for token in split_tokens(called["arguments"]):
        yield "response.function_call_arguments.delta", {**place, "delta": token}
    done = {"name": called["name"], "arguments": called["arguments"]}
    yield "response.function_call_arguments.done", {**place, **done}
