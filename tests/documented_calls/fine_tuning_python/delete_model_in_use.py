"""A model that is deployed cannot be deleted; its deployment goes first."""

import pytest
from openai import ConflictError

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#delete-your-customized-model"


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    deployment = world.deploy("ft", model)
    client = world.open_azure("2024-10-21")

    with pytest.raises(ConflictError):
        client.models.delete(model)
    world.manage("DELETE", f"{deployment}?api-version=2024-10-01")

    assert client.models.delete(model).deleted
