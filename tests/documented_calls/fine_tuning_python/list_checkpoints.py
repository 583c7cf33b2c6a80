"""Listing the versions that a job made."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#checkpoints"


def call(world: World) -> None:
    job = world.train("gpt-35-turbo-0613")

    response = world.open_azure("2024-05-01-preview").fine_tuning.jobs.checkpoints.list(job["id"])

    assert len(response.data) == 3
    assert response.data[0].fine_tuned_model_checkpoint == job["fine_tuned_model"]
