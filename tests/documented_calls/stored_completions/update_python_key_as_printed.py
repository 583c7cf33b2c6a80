"""The answer to an update as the page prints it."""

import json

import pytest

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#update-stored-chat-completion"
DEFECT = "the printed answer is no JSON: a comma between two keys of metadata is missing, and a brace"


def call(world: World) -> None:
    printed = '"id": "chatcmpl-1", "metadata": {"user": "admin", "category": "docs-test" "fizz": "buzz"}}'
    stored = world.store_chat(user="admin", category="docs-test")
    address = f"openai/chat/completions/{stored}?api-version=2025-02-01-preview"

    with pytest.raises(json.JSONDecodeError):
        json.loads(printed)
    answered = world.ask("POST", address, {"metadata": {"fizz": "buzz"}}).json()

    assert answered["metadata"] == {"user": "admin", "category": "docs-test", "fizz": "buzz"}
