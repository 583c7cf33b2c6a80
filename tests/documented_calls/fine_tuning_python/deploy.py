"""Deploying the model over Resource Manager."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#deploy-a-fine-tuned-model"


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    address = f"{world.id}/deployments/gpt-35-turbo-ft"

    response = world.manage("PUT", f"{address}?api-version=2023-05-01", build_body(model))

    assert (response.status_code, response.json()["properties"]["model"]["name"]) == (201, model)
