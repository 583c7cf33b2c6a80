"""Listing the events of a job with the verb as the page prints it."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#list-fine-tuning-events"
DEFECT = "lists are read with GET, and the page says POST"


def call(world: World) -> None:
    job_id = world.train("gpt-35-turbo-0613")["id"]

    response = world.ask("POST", f"openai/fine_tuning/jobs/{job_id}/events?api-version=2024-05-01-preview")

    assert (response.status_code, response.json()["error"]["message"]) == (404, "Resource not found")
