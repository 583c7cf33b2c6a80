"""Getting a stored chat with a plain request and a key."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#get-stored-completion"


def call(world: World) -> None:
    stored = world.store_chat(category="docs-test")

    body = world.ask("GET", f"openai/chat/completions/{stored}?api-version=2025-02-01-preview").json()

    assert (body["id"], body["object"], body["metadata"]) == (stored, "chat.completion", {"category": "docs-test"})
    assert {"request_id", "seed", "top_p", "temperature", "usage", "choices"} <= set(body)
    assert [each["finish_reason"] for each in body["choices"]] == [None]
