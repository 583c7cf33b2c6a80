"""What an old client says to store, by the page's own troubleshooting; today's takes it."""

import inspect

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#typeerror-completionscreate-got-an-unexpected-argument-store"


def call(world: World) -> None:
    parameters = inspect.signature(world.open_azure("2025-02-01-preview").chat.completions.create).parameters

    assert "store" in parameters
