"""The answer to a deletion as the page prints it."""

import json

import pytest

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#delete-stored-chat-completion"
DEFECT = "the printed answer is no JSON, and its object is spelt with blanks"


def call(world: World) -> None:
    printed = '"id"• "chatcmp1-1", "deleted": true, "object": "chat. completion. deleted"'
    stored = world.store_chat()

    with pytest.raises(json.JSONDecodeError):
        json.loads(printed)
    answered = world.ask("DELETE", f"openai/chat/completions/{stored}?api-version=2025-02-01-preview").json()

    assert answered == {"id": stored, "deleted": True, "object": "chat.completion.deleted"}
