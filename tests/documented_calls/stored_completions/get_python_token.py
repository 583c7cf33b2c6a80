"""Getting a stored chat with the Python client and a token."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#get-stored-completion"


def call(world: World) -> None:
    stored = world.store_chat()

    response = world.open_azure("2025-02-01-preview", with_token=True).chat.completions.retrieve(stored)

    assert (response.id, response.object) == (stored, "chat.completion")
    assert response.usage.total_tokens > 0
