"""A file that is no training data is in error, with an explanation."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-troubleshoot#why-did-my-upload-fail"


def call(world: World) -> None:
    name = world.upload(b"not json")

    file = world.ask("GET", f"openai/files/{name}?api-version=2024-10-21").json()

    assert (file["status"], bool(file["status_details"])) == ("error", True)
