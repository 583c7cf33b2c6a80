"""Listing the checkpoints of a job."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#checkpoints"


def call(world: World) -> None:
    job_id = world.train("gpt-35-turbo-0613")["id"]

    body = world.ask("GET", f"openai/fine_tuning/jobs/{job_id}/checkpoints?api-version=2024-05-01-preview").json()

    assert (body["object"], len(body["data"]), body["has_more"]) == ("list", 3, False)
    assert {each["object"] for each in body["data"]} == {"fine_tuning.job.checkpoint"}
