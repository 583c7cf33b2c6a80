"""Listing stored chats with the Python client and a token."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#list-stored-completions"


def call(world: World) -> None:
    stored = world.store_chat(user="admin")

    response = world.open_azure("2025-02-01-preview", with_token=True).chat.completions.list()

    assert [(each.id, each.metadata) for each in response] == [(stored, {"user": "admin"})]
