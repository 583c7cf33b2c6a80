"""Deploying the model over Resource Manager."""

import requests

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#deploy-a-fine-tuned-model"


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    address = f"{world.emulator.url}{world.id}/deployments/gpt-35-turbo-ft"

    response = requests.put(
        address, params={"api-version": "2023-05-01"}, json=build_body(model), timeout=10, **world.get_options()
    )

    assert (response.status_code, response.json()["properties"]["model"]["name"]) == (201, model)
