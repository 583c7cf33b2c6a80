"""Deploying a model that was trained in another region."""

import requests

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#cross-region-deployment"


def call(world: World) -> None:
    source, model = world.id, world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    world.move_to("northcentralus")
    address = f"{world.emulator.url}{world.id}/deployments/gpt-35-turbo-ft"
    body = build_body(model, source=source)

    response = requests.put(address, params={"api-version": "2023-05-01"}, json=body, timeout=10, **world.get_options())

    assert (response.status_code, response.json()["properties"]["model"]["source"]) == (201, source)
