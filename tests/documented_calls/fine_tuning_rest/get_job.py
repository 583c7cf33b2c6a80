"""Asking how a job is."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#check-the-status-of-your-customized-model"


def call(world: World) -> None:
    job_id = world.train("gpt-35-turbo-0613")["id"]

    body = world.ask("GET", f"openai/fine_tuning/jobs/{job_id}?api-version=2024-05-01-preview").json()

    assert (body["object"], body["id"], body["status"]) == ("fine_tuning.job", job_id, "succeeded")
