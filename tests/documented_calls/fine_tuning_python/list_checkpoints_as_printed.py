"""Listing versions with the line as the page prints it."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#checkpoints"
DEFECT = "it asks for events, and gets events"


def call(world: World) -> None:
    job_id = world.train("gpt-35-turbo-0613")["id"]

    response = world.open_azure("2024-05-01-preview").fine_tuning.jobs.list_events(fine_tuning_job_id=job_id, limit=10)

    assert {each.object for each in response.data} == {"fine_tuning.job.event"}
