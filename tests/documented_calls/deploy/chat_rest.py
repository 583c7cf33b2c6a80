"""Calling the deployed model with a plain request."""

from tests.documented_calls.world import QUESTION, World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=rest#use-your-deployed-fine-tuned-model"


def call(world: World) -> None:
    model = world.train()["fine_tuned_model"]
    world.deploy("ft", model)

    response = world.ask(
        "POST", "openai/deployments/ft/chat/completions?api-version=2024-10-21", {"messages": QUESTION}
    )

    assert response.json()["model"] == model
