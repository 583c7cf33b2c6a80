"""Reading what was asked in a stored chat with the Python client and a token."""

from tests.documented_calls.world import World

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#get-stored-chat-completion-messages"
)


def call(world: World) -> None:
    stored = world.store_chat()

    response = world.open_azure("2025-02-01-preview", with_token=True).chat.completions.messages.list(stored, limit=2)

    assert [(each.id, each.role) for each in response] == [(f"{stored}-0", "system"), (f"{stored}-1", "user")]
