"""Calling the deployed model with the Python client."""

from tests.documented_calls.world import QUESTION, World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=python#use-your-deployed-fine-tuned-model"


def call(world: World) -> None:
    model = world.train()["fine_tuned_model"]
    world.deploy("ft", model)

    response = world.open_azure("2024-02-01").chat.completions.create(model="ft", messages=QUESTION)

    assert (response.model, bool(response.choices[0].message.content)) == (model, True)
