"""Listing some stored chats: by metadata, in an order, in pages."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#list-stored-completions"


def call(world: World) -> None:
    first = world.store_chat(team="red")
    world.chat_again(team="blue")
    last = world.chat_again(team="red")

    response = world.open_azure("2025-02-01-preview").chat.completions.list(
        metadata={"team": "red"}, order="desc", limit=1
    )

    assert [each.id for each in response] == [last, first]
