"""Listing models to find one's own."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#continuous-fine-tuning"


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]

    body = world.ask("GET", "openai/models?api-version=2024-10-21").json()

    found = {each["id"]: each for each in body["data"]}
    assert (found[model]["model"], "gpt-35-turbo-0613" in found) == ("gpt-35-turbo-0613", True)
