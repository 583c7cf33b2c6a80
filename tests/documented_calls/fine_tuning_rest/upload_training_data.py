"""Sending training data."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import write_lines

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#upload-your-training-data"
)


def call(world: World) -> None:
    files = {"file": ("C:\\fine-tuning\\training_set.jsonl", write_lines(), "application/json")}

    response = world.ask(
        "POST", "openai/files?api-version=2023-12-01-preview", data={"purpose": "fine-tune"}, files=files
    )

    assert (response.status_code, response.json()["filename"]) == (201, "training_set.jsonl")
