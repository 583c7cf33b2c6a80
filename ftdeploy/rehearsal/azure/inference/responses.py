"""The Responses API: create, get, cancel, delete, and the items that went in; kept unless `store` is false.

A function is called where the caller demands one. Not emulated: tools of the service's own, conversations, reasoning,
a stream of what goes on in the background, what expires after 30 days.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from ftdeploy.rehearsal.azure.authoring.cursor import cut_page, sort_by_order
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import not_emulated
from ftdeploy.rehearsal.azure.inference import errors
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.inference.answering import answer
from ftdeploy.rehearsal.azure.inference.bodies import check_shapes, read_maximum
from ftdeploy.rehearsal.azure.inference.forms import find_demanded_tool, plan_form, sample
from ftdeploy.rehearsal.azure.inference.prompts import Generation, Prompt, read_text
from ftdeploy.rehearsal.azure.inference.requests import check_schema
from ftdeploy.rehearsal.azure.inference.responding import render_begun, render_events, render_response
from ftdeploy.rehearsal.azure.inference.versions import check_responses_version
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.traffic import RESPONSES

_ACTION = "Microsoft.CognitiveServices/accounts/OpenAI/responses"
_WRITE = Need(action=f"{_ACTION}/write", operation="POST /openai/responses")
_READ = Need(action=f"{_ACTION}/read", operation="GET /openai/responses/{response_id}")
_DELETE = Need(action=f"{_ACTION}/delete", operation="DELETE /openai/responses/{response_id}")
_PAGE = 20
_LEAST_TOKENS = 16
"""What a response may be limited to at least."""
_UNFINISHED, _CANCELLED = "queued", "cancelled"


def create_response(call: Call) -> Reply:
    """`model` names the deployment; `previous_response_id` goes on where another response ended."""
    call.needs("responses-need-their-own-data-action")
    account = get_account(call, _WRITE)
    check_responses_version(call)
    body = call.read_json()
    _check(call, body)
    tool = find_demanded_tool(body)
    items = [*_list_before(call, account, body), *_read_input(body)]
    said = [str(body.get("instructions") or ""), *(_read_said(each) for each in items)]
    prompt = Prompt(
        operation=RESPONSES,
        text="\n".join(said),
        asked=said[-1],
        maximum_tokens=read_maximum(body, "max_output_tokens"),
        is_stream=bool(body.get("stream")),
        planned=sample(tool.get("parameters") or {}) if tool else plan_form((body.get("text") or {}).get("format")),
    )

    def finish(made: Generation) -> Reply:
        now_seconds = int(call.world.clock.now().timestamp())
        whole = render_response(body, made, tool=tool, created_at=now_seconds)
        if whole["store"] and call.leans_on("responses-are-kept"):
            values = (account.key, whole["id"], json.dumps(whole), json.dumps(items))
            call.world.store.write("INSERT INTO responses VALUES (?, ?, ?, ?)", *values)
        if whole["background"] and call.leans_on("background-responses-take-time"):
            return Reply(body=render_begun(whole, _UNFINISHED))
        return Reply(events=render_events(whole)) if prompt.is_stream else Reply(body=whole)

    return answer(call, account, str(body.get("model") or ""), prompt, finish)


def get_response(call: Call) -> Reply:
    """One that was kept; what goes on in the background is not done before its time."""
    if call.query.get("stream", "").lower() == "true":
        raise not_emulated("a stream of a response that is kept")
    body, _ = _get(call, get_account(call, _READ), call.parameters["response"])
    return Reply(body=render_begun(body) if _is_running(call, body) else body)


def cancel_response(call: Call) -> Reply:
    """Stop one that goes on in the background; one that is done stays as it is."""
    account = get_account(call, _WRITE)
    body, _ = _get(call, account, call.parameters["response"])
    if not body.get("background"):
        raise errors.bad_request("Only responses created with background=true can be cancelled.")
    if _is_running(call, body):
        body = render_begun(body, _CANCELLED)
        place = (account.key, body["id"])
        call.world.store.write("UPDATE responses SET body = ? WHERE account = ? AND id = ?", json.dumps(body), *place)
    return Reply(body=body)


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
    kept = _find(call, account, response_id)
    if kept is None:
        raise errors.response_not_found(response_id)
    return kept


def _find(call: Call, account: Resource, response_id: str) -> tuple[Json, list[Json]] | None:
    row = call.world.store.find_row("SELECT * FROM responses WHERE account = ? AND id = ?", account.key, response_id)
    return None if row is None else (json.loads(row["body"]), json.loads(row["items"]))


def _is_running(call: Call, body: Json) -> bool:
    is_over = not body.get("background") or body["status"] == _CANCELLED
    if is_over or not call.leans_on("background-responses-take-time"):
        return False
    ready_seconds = float(body["created_at"]) + call.world.settings.get_seconds("backgroundResponseSeconds")
    return call.world.clock.now().timestamp() < ready_seconds


def _check(call: Call, body: Json) -> None:
    check_shapes(body)
    left_out = next((each for each in ("conversation", "prompt") if body.get(each)), None)
    own = next((each.get("type") for each in body.get("tools") or () if each.get("type") != "function"), None)
    if left_out or own:
        raise not_emulated(f"{left_out} of a response" if left_out else f"the tool {own} of a response")
    if body.get("background") and body.get("stream"):
        raise not_emulated("a stream of what a response does in the background")
    if body.get("background") and body.get("store") is False:
        raise errors.bad_request("Background responses need store=true.")
    most = read_maximum(body, "max_output_tokens")
    if most is not None and most < _LEAST_TOKENS and call.leans_on("responses-take-16-tokens"):
        words = f"integer below minimum value. Expected a value >= {_LEAST_TOKENS}, but got {most} instead."
        named = "integer_below_min_value"
        raise errors.ModelError(f"Invalid 'max_output_tokens': {words}", param="max_output_tokens", named=named)
    form = (body.get("text") or {}).get("format")
    check_schema(call, form, param="text.format.schema", named="invalid_json_schema")


def _read_said(item: Json) -> str:
    """The words of an item: a message's, what a tool was called with, or what it gave."""
    return read_text(item.get("content")) or str(item.get("output") or item.get("arguments") or "")


def _list_before(call: Call, account: Resource, body: Json) -> list[Json]:
    before = body.get("previous_response_id")
    if not before:
        return []
    kept = _find(call, account, str(before))
    if kept is None:
        raise errors.previous_response_not_found(str(before))
    answered, items = kept
    return [*items, *answered["output"]]


def _read_input(body: Json) -> list[Json]:
    found: Any = body.get("input")
    if isinstance(found, str):
        found = [{"role": "user", "content": [{"type": "input_text", "text": found}]}]
    if not isinstance(found, list) or not found or not all(isinstance(each, dict) for each in found):
        raise errors.bad_request("Missing required parameter: 'input'.")
    return [_complete(each) for each in found]


def _complete(item: Json) -> Json:
    kind = item.get("type", "message")
    prefix = {"message": "msg", "function_call": "fc", "function_call_output": "fco"}.get(kind, "item")
    return {"id": f"{prefix}_{uuid.uuid4().hex}", "type": kind, "status": "completed", **item}
