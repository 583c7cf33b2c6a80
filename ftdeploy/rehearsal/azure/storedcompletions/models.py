"""The chats that an account keeps."""

from __future__ import annotations

import json
import uuid
from sqlite3 import Row

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.world import World

_ASKED = {"top_p": 1, "temperature": 1, "presence_penalty": 0, "frequency_penalty": 0}
"""What a stored completion repeats of its request, and says where the request did not."""

_EMPTY = {"content": None, "refusal": None, "audio": None, "function_call": None, "tool_calls": None}
"""What every kept message has, of the request or of the answer."""


def keep(call: Call, account: Resource, asked: Json, answered: Json) -> None:
    """Keep a finished chat if it asks for that with `store`.

    Args:
        call: the request.
        account: whose chat it is.
        asked: the body of the request, with `messages` and perhaps `metadata`.
        answered: the whole answer as a body, also where it was streamed.
    """
    if not asked.get("store") or not call.leans_on("chats-are-stored-on-request"):
        return
    is_disabled = bool(account.properties.get("storedCompletionsDisabled"))
    if is_disabled and call.leans_on("stored-completions-can-be-disabled"):
        return
    body = _build(asked, answered)
    messages = json.dumps(asked["messages"])
    size = len(json.dumps(body)) + len(messages)
    if _is_full(call.world, account, size) and call.leans_on("stored-completions-have-a-limit"):
        return
    values = (account.key, body["id"], json.dumps(body), messages)
    call.world.store.write("INSERT INTO stored_completions VALUES (?, ?, ?, ?)", *values)


def list_completions(world: World, account: Resource) -> list[Json]:
    """Every kept chat, oldest first."""
    rows = world.store.list_rows("SELECT * FROM stored_completions WHERE account = ? ORDER BY rowid", account.key)
    return [json.loads(row["body"]) for row in rows]


def find_completion(world: World, account: Resource, completion_id: str) -> Json | None:
    """A kept chat."""
    row = _find_row(world, account, completion_id)
    return None if row is None else json.loads(row["body"])


def list_messages(world: World, account: Resource, completion_id: str) -> list[Json] | None:
    """The messages of a kept chat's request, each with an id; None when there is no such chat."""
    row = _find_row(world, account, completion_id)
    if row is None:
        return None
    sent = json.loads(row["messages"])
    return [{**_EMPTY, **each, "id": f"{completion_id}-{number}"} for number, each in enumerate(sent)]


def save_completion(world: World, account: Resource, body: Json) -> None:
    """Write a changed chat back."""
    values = (json.dumps(body), account.key, body["id"])
    world.store.write("UPDATE stored_completions SET body = ? WHERE account = ? AND id = ?", *values)


def delete_completion(world: World, account: Resource, completion_id: str) -> bool:
    """Forget a chat; whether there was one."""
    return bool(
        world.store.write("DELETE FROM stored_completions WHERE account = ? AND id = ?", account.key, completion_id)
    )


def _build(asked: Json, answered: Json) -> Json:
    """The answer with what was asked, and without what filters found, as the page's own answers show."""
    return {
        "service_tier": None,
        "system_fingerprint": None,
        **{key: value for key, value in answered.items() if key != "prompt_filter_results"},
        "choices": [_build_choice(each) for each in answered["choices"]],
        "request_id": str(uuid.uuid4()),
        "seed": asked.get("seed"),
        **{key: asked.get(key, usual) for key, usual in _ASKED.items()},
        "metadata": dict(asked.get("metadata") or {}),
    }


def _build_choice(choice: Json) -> Json:
    """A choice without why it ended and what filters found."""
    kept = {key: value for key, value in choice.items() if key != "content_filter_results"}
    return {**kept, "finish_reason": None, "message": {**_EMPTY, **choice["message"]}}


def _is_full(world: World, account: Resource, size: int) -> bool:
    row = world.store.find_row(
        "SELECT coalesce(sum(length(body) + length(messages)), 0) AS held FROM stored_completions WHERE account = ?",
        account.key,
    )
    held = int(row["held"]) if row else 0
    return held + size > world.settings.get_count("storedCompletionsBytes")


def _find_row(world: World, account: Resource, completion_id: str) -> Row | None:
    return world.store.find_row(
        "SELECT * FROM stored_completions WHERE account = ? AND id = ?", account.key, completion_id
    )
