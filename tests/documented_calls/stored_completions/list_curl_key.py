"""Listing stored chats with a plain request and a key."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#list-stored-completions"


def call(world: World) -> None:
    stored = world.store_chat(user="admin")

    body = world.ask("GET", "openai/chat/completions?api-version=2025-02-01-preview").json()

    assert (body["object"], body["has_more"], body["total"]) == ("list", False, 1)
    assert (body["first_id"], body["last_id"], body["data"][0]["metadata"]) == (stored, stored, {"user": "admin"})
