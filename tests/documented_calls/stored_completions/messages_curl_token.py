"""Reading what was asked in a stored chat with a plain request and a token."""

from tests.documented_calls.world import World

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#get-stored-chat-completion-messages"
)


def call(world: World) -> None:
    stored = world.store_chat()

    body = world.ask(
        "GET", f"openai/chat/completions/{stored}/messages?api-version=2025-02-01-preview", with_token=True
    ).json()

    assert (body["total"], body["first_id"], body["last_id"]) == (2, f"{stored}-0", f"{stored}-1")
