"""Calling the deployed model."""

from tests.documented_calls.world import QUESTION, World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#use-a-deployed-customized-model"


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    world.deploy("gpt-35-turbo-ft", model)

    response = world.open_azure("2024-02-01").chat.completions.create(model="gpt-35-turbo-ft", messages=QUESTION)

    assert (response.model, bool(response.choices[0].message.content)) == (model, True)
