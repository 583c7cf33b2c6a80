"""Adding metadata to a stored chat with the Python client and a token."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#update-stored-chat-completion"


def call(world: World) -> None:
    stored = world.store_chat(user="admin")

    response = world.open_azure("2025-02-01-preview", with_token=True).chat.completions.update(
        stored, metadata={"fizz": "buzz"}
    )

    assert response.metadata == {"user": "admin", "fizz": "buzz"}
