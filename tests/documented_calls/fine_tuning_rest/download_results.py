"""Reading the results of a job."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#analyze-your-customized-model"


def call(world: World) -> None:
    file_id = world.train("gpt-35-turbo-0613")["result_files"][0]

    content = world.ask("GET", f"openai/files/{file_id}/content?api-version=2023-12-01-preview").text

    assert len(content.splitlines()) == 101
