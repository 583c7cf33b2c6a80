"""Updating a stored chat with the line as the page prints it."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#update-stored-chat-completion"
DEFECT = "curl -X lacks its verb and takes the address for one: nothing is sent"


def call(world: World) -> None:
    stored = world.store_chat()
    address = f"{world.endpoint}openai/chat/completions/{stored}?api-version=2025-02-01-preview"

    result = world.run_curl("-X", address, "-H", "Authorization: Bearer token", "-d", '{"metadata": {"fizz": "buzz"}}')

    assert (result.returncode, "no URL specified" in result.stderr) == (2, True)
