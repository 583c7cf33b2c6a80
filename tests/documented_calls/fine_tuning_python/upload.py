"""Sending training and validation data."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#upload-your-training-data"


def call(world: World) -> None:
    client = world.open_azure("2024-05-01-preview")

    training = client.files.create(file=("training_set.jsonl", write_lines()), purpose="fine-tune")
    validation = client.files.create(file=("validation_set.jsonl", write_lines()), purpose="fine-tune")

    assert training.id != validation.id
    assert [client.files.retrieve(each.id).status for each in (training, validation)] == ["processed", "processed"]
