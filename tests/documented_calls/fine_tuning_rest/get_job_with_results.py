"""Finding the results of a job."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#analyze-your-customized-model"


def call(world: World) -> None:
    job_id = world.train("gpt-35-turbo-0613")["id"]

    body = world.ask("GET", f"openai/fine_tuning/jobs/{job_id}?api-version=2023-12-01-preview").json()

    assert [each.startswith("file-") for each in body["result_files"]] == [True]
