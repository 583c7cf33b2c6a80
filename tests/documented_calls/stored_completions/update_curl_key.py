"""Adding metadata to a stored chat with a plain request and a key."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#update-stored-chat-completion"


def call(world: World) -> None:
    stored = world.store_chat(user="admin")

    response = world.ask(
        "POST", f"openai/chat/completions/{stored}?api-version=2025-02-01-preview", {"metadata": {"fizz": "buzz"}}
    )

    assert response.json()["metadata"] == {"user": "admin", "fizz": "buzz"}
