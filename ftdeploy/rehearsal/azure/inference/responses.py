"""The Responses API: create, get, delete, and the items that went in; kept unless `store` is false.

Not emulated: tools, work in the background, conversations, reasoning, what expires after 30 days.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

from ftdeploy.rehearsal.azure.authoring.cursor import cut_page, sort_by_order
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import not_emulated
from ftdeploy.rehearsal.azure.inference import errors
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.inference.answering import answer
from ftdeploy.rehearsal.azure.inference.bodies import read_maximum, render_event
from ftdeploy.rehearsal.azure.inference.forms import plan_form
from ftdeploy.rehearsal.azure.inference.prompts import Generation, Prompt, read_text, split_tokens
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.traffic import RESPONSES

_ACTION = "Microsoft.CognitiveServices/accounts/OpenAI/responses"
_WRITE = Need(action=f"{_ACTION}/write", operation="POST /openai/responses")
_READ = Need(action=f"{_ACTION}/read", operation="GET /openai/responses/{response_id}")
_DELETE = Need(action=f"{_ACTION}/delete", operation="DELETE /openai/responses/{response_id}")
_PAGE = 20


def create_response(call: Call) -> Reply:
    """`model` names the deployment; `previous_response_id` goes on where another response ended."""
    account = get_account(call, _WRITE)
    call.leans_on("responses-need-their-own-data-action")
    body = call.read_json()
    left_out = next((each for each in ("tools", "background", "conversation", "prompt") if body.get(each)), None)
    if left_out is not None:
        raise not_emulated(f"{left_out} of a response")
    items = [*_list_before(call, account, body), *_read_input(body)]
    said = [str(body.get("instructions") or ""), *(read_text(each.get("content")) for each in items)]
    prompt = Prompt(
        operation=RESPONSES,
        text="\n".join(said),
        asked=said[-1],
        maximum_tokens=read_maximum(body, "max_output_tokens"),
        is_stream=bool(body.get("stream")),
        planned=plan_form((body.get("text") or {}).get("format")),
    )

    def finish(made: Generation) -> Reply:
        whole = _render(call, body, made)
        if body.get("store", True) is not False and call.leans_on("responses-are-kept"):
            values = (account.key, whole["id"], json.dumps(whole), json.dumps(items))
            call.world.store.write("INSERT INTO responses VALUES (?, ?, ?, ?)", *values)
        return Reply(events=_render_events(whole)) if prompt.is_stream else Reply(body=whole)

    return answer(call, account, str(body.get("model") or ""), prompt, finish)


def get_response(call: Call) -> Reply:
    """One that was kept."""
    return Reply(body=_get(call, get_account(call, _READ), call.parameters["response"])[0])


def list_input_items(call: Call) -> Reply:
    """What went in, with all that came before it; the latest first."""
    _, items = _get(call, get_account(call, _READ), call.parameters["response"])
    data = cut_page(call, sort_by_order(call, items, usual="desc"), size=_PAGE)
    ends = {f"{end}_id": data["data"][at]["id"] if data["data"] else None for end, at in (("first", 0), ("last", -1))}
    return Reply(body={**data, **ends})


def delete_response(call: Call) -> Reply:
    """Forget one."""
    account = get_account(call, _DELETE)
    body, _ = _get(call, account, call.parameters["response"])
    call.world.store.write("DELETE FROM responses WHERE account = ? AND id = ?", account.key, body["id"])
    return Reply(body={"id": body["id"], "object": "response", "deleted": True})


def _get(call: Call, account: Resource, response_id: str) -> tuple[Json, list[Json]]:
    row = call.world.store.find_row("SELECT * FROM responses WHERE account = ? AND id = ?", account.key, response_id)
    if row is None:
        raise errors.response_not_found(response_id)
    return json.loads(row["body"]), json.loads(row["items"])


def _list_before(call: Call, account: Resource, body: Json) -> list[Json]:
    before = body.get("previous_response_id")
    if not before:
        return []
    answered, items = _get(call, account, str(before))
    return [*items, *answered["output"]]


def _read_input(body: Json) -> list[Json]:
    found: Any = body.get("input")
    if isinstance(found, str):
        found = [{"role": "user", "content": [{"type": "input_text", "text": found}]}]
    if not isinstance(found, list) or not found or not all(isinstance(each, dict) for each in found):
        raise errors.bad_request("Missing required parameter: 'input'.")
    return [{"id": f"msg_{uuid.uuid4().hex}", "type": "message", "status": "completed", **each} for each in found]


def _render(call: Call, body: Json, made: Generation) -> Json:
    part = {"type": "output_text", "text": made.text, "annotations": [], "logprobs": []}
    is_whole = made.finish == "stop"
    reason = "content_filter" if made.finish == "content_filter" else "max_output_tokens"
    status = "completed" if is_whole else "incomplete"
    message = {"id": f"msg_{uuid.uuid4().hex}", "type": "message", "role": "assistant", "status": status}
    return {
        "id": f"resp_{uuid.uuid4().hex}",
        "object": "response",
        "created_at": int(call.world.clock.now().timestamp()),
        "status": status,
        "error": None,
        "incomplete_details": None if is_whole else {"reason": reason},
        "instructions": body.get("instructions"),
        "max_output_tokens": body.get("max_output_tokens"),
        "metadata": body.get("metadata") or {},
        "model": made.model,
        "output": [{**message, "content": [part]}],
        "parallel_tool_calls": True,
        "previous_response_id": body.get("previous_response_id"),
        "store": body.get("store", True),
        "temperature": body.get("temperature", 1.0),
        "text": body.get("text") or {"format": {"type": "text"}},
        "tool_choice": "auto",
        "tools": [],
        "top_p": body.get("top_p", 1.0),
        "usage": {
            "input_tokens": made.prompt_tokens,
            "input_tokens_details": {"cached_tokens": made.cached_tokens},
            "output_tokens": made.generated_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": made.prompt_tokens + made.generated_tokens,
        },
    }


def _render_events(whole: Json) -> Iterator[str]:
    """Named events with a number each, from `response.created` to `response.completed` or `response.incomplete`."""
    for number, (name, body) in enumerate(_list_events(whole)):
        yield render_event({"type": name, "sequence_number": number, **body}, name)


def _list_events(whole: Json) -> Iterator[tuple[str, Json]]:
    begun = {**whole, "status": "in_progress", "output": [], "usage": None, "incomplete_details": None}
    message = whole["output"][0]
    part = message["content"][0]
    place = {"item_id": message["id"], "output_index": 0, "content_index": 0}
    yield "response.created", {"response": begun}
    yield "response.in_progress", {"response": begun}
    started = {**message, "status": "in_progress", "content": []}
    yield "response.output_item.added", {"output_index": 0, "item": started}
    yield "response.content_part.added", {**place, "part": {**part, "text": ""}}
    for token in split_tokens(part["text"]):
        yield "response.output_text.delta", {**place, "delta": token, "logprobs": []}
    yield "response.output_text.done", {**place, "text": part["text"], "logprobs": []}
    yield "response.content_part.done", {**place, "part": part}
    yield "response.output_item.done", {"output_index": 0, "item": message}
    yield f"response.{whole['status']}", {"response": whole}
