"""Calling the deployed model."""

from tests.documented_calls.world import QUESTION, World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#use-a-deployed-customized-model"


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    world.deploy("ft", model)

    response = world.ask(
        "POST", "openai/deployments/ft/chat/completions?api-version=2023-05-15", {"messages": QUESTION}
    )

    assert response.json()["model"] == model
