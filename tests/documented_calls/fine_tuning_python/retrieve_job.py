"""Asking how a job is."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#check-fine-tuning-job-status"


def call(world: World) -> None:
    job_id = world.train("gpt-35-turbo-0613")["id"]

    response = world.open_azure("2024-05-01-preview").fine_tuning.jobs.retrieve(job_id)

    assert (response.id, response.status) == (job_id, "succeeded")
