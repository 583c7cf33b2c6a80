"""Reading what happened in a job."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#list-fine-tuning-events"


def call(world: World) -> None:
    job_id = world.train("gpt-35-turbo-0613")["id"]

    response = world.open_azure("2024-05-01-preview").fine_tuning.jobs.list_events(fine_tuning_job_id=job_id, limit=10)

    assert (len(response.data), response.has_more) == (10, True)
    assert "Job succeeded." in [each.message for each in response.data]
