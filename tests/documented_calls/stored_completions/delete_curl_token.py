"""Deleting a stored chat with a plain request and a token."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#delete-stored-chat-completion"


def call(world: World) -> None:
    stored = world.store_chat()

    response = world.ask("DELETE", f"openai/chat/completions/{stored}?api-version=2025-02-01-preview", with_token=True)

    assert response.json() == {"id": stored, "deleted": True, "object": "chat.completion.deleted"}
