"""Storing a chat with a plain request and a token."""

from tests.documented_calls.world import QUESTION, World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#configure-stored-completions"


def call(world: World) -> None:
    world.deploy_base()
    address = "openai/deployments/gpt-4o/chat/completions?api-version=2025-02-01-preview"

    response = world.ask("POST", address, {"model": "gpt-4o", "store": True, "messages": QUESTION}, with_token=True)

    listed = world.ask("GET", "openai/chat/completions?api-version=2025-02-01-preview").json()
    assert [each["id"] for each in listed["data"]] == [response.json()["id"]]
