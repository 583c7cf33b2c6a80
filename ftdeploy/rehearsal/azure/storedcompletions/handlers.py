"""Stored completions: listed, read with their messages, updated and deleted.

Not emulated: distillation and evaluation of stored completions, which only the portal offers.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure.authoring import errors
from ftdeploy.rehearsal.azure.authoring.cursor import cut_page, sort_by_order
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.storedcompletions import models

_ACTIONS = "Microsoft.CognitiveServices/accounts/OpenAI/stored-completions"
_PAGE = 20
_KIND = "stored completion"


def list_completions(call: Call) -> Reply:
    """Kept chats with all the `metadata[key]=value` asked for; names of keys without regard to letter case."""
    account = get_account(call, _read("GET /openai/chat/completions"))
    wanted = _read_filter(call)
    found = [each for each in models.list_completions(call.world, account) if _matches(each, wanted)]
    return _reply(call, found)


def get_completion(call: Call) -> Reply:
    """One kept chat."""
    account = get_account(call, _read("GET /openai/chat/completions/{completion-id}"))
    return Reply(body=_get(models.find_completion(call.world, account, call.parameters["completion"]), call))


def list_messages(call: Call) -> Reply:
    """What was asked in one kept chat."""
    account = get_account(call, _read("GET /openai/chat/completions/{completion-id}/messages"))
    found = models.list_messages(call.world, account, call.parameters["completion"])
    if found is None:
        raise errors.not_found(_KIND, call.parameters["completion"])
    return _reply(call, found)


def update_completion(call: Call) -> Reply:
    """Add or replace keys of `metadata`; nothing else of a chat can be changed."""
    account = get_account(call, _act("POST /openai/chat/completions/{completion-id}"))
    body = _get(models.find_completion(call.world, account, call.parameters["completion"]), call)
    metadata = errors.read_payload(call).get("metadata")
    if not isinstance(metadata, dict) or not all(isinstance(each, str) for each in metadata.values()):
        raise errors.invalid_payload("'metadata' is an object of texts.")
    body["metadata"] = {**body["metadata"], **metadata}
    models.save_completion(call.world, account, body)
    return Reply(body=body)


def delete_completion(call: Call) -> Reply:
    """Forget one kept chat."""
    account = get_account(call, _act("DELETE /openai/chat/completions/{completion-id}"))
    name = call.parameters["completion"]
    if not models.delete_completion(call.world, account, name):
        raise errors.not_found(_KIND, name)
    return Reply(body={"object": "chat.completion.deleted", "id": name, "deleted": True})


def _read(operation: str) -> Need:
    return Need(action=f"{_ACTIONS}/read", operation=operation)


def _act(operation: str) -> Need:
    return Need(action=f"{_ACTIONS}/action", operation=operation)


def _get(found: Json | None, call: Call) -> Json:
    if found is None:
        raise errors.not_found(_KIND, call.parameters["completion"])
    return found


def _reply(call: Call, items: list[Json]) -> Reply:
    """A page, with how many there are in all and which it begins and ends with."""
    page = cut_page(call, sort_by_order(call, items, usual="asc"), size=_PAGE)
    data = page["data"]
    ends = {"first_id": data[0]["id"], "last_id": data[-1]["id"]} if data else {"first_id": None, "last_id": None}
    return Reply(body={**page, "total": len(items), **ends})


def _read_filter(call: Call) -> dict[str, str]:
    start = "metadata["
    return {name[len(start) : -1]: value for name, value in call.query.items() if name.startswith(start)}


def _matches(body: Json, wanted: dict[str, str]) -> bool:
    metadata = {key.lower(): value for key, value in body["metadata"].items()}
    return all(metadata.get(key) == value for key, value in wanted.items())
