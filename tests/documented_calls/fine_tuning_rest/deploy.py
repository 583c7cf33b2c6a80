"""Deploying the model over Resource Manager."""

from tests.documented_calls.world import World, build_body

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#deploy-a-fine-tuned-model"
)


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]

    response = world.manage("PUT", f"{world.id}/deployments/ft?api-version=2023-05-01", build_body(model))

    assert (response.status_code, response.json()["sku"]) == (201, {"name": "Standard", "capacity": 1})
