"""The format of pairs of answers as the page prints its example."""

import json

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import PREFERENCE, write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-direct-preference-optimization#direct-preference-optimization-dataset-format"
DEFECT = "the example begins with two braces and ends with one on a line of its own"


def call(world: World) -> None:
    line = "{" + json.dumps(PREFERENCE)
    name = world.upload(write_lines(line))

    file = world.ask("GET", f"openai/files/{name}?api-version=2024-10-21").json()

    assert (file["status"], "not a valid json object" in file["status_details"]) == ("error", True)
