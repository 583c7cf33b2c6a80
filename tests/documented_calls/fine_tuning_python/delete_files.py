"""Deleting training data."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#delete-your-training-files"


def call(world: World) -> None:
    world.upload()
    client = world.open_azure("2024-05-01-preview")

    names = ["training_set.jsonl", "validation_set.jsonl"]
    for each in client.files.list().data:
        if each.filename in names:
            client.files.delete(each.id)

    assert client.files.list().data == []
