"""The format of pairs of answers."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import PREFERENCE, write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-direct-preference-optimization#direct-preference-optimization-dataset-format"


def call(world: World) -> None:
    name = world.upload(write_lines(PREFERENCE))

    file = world.ask("GET", f"openai/files/{name}?api-version=2024-10-21").json()

    assert file["status"] == "processed"
