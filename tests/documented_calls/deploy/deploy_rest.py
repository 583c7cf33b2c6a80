"""Deploying a fine-tuned model; the REST half of the page."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=rest#deploy-your-fine-tuned-model"


def call(world: World) -> None:
    model = world.train()["fine_tuned_model"]

    response = world.manage("PUT", f"{world.id}/deployments/ft?api-version=2024-10-01", build_body(model))

    assert (response.status_code, response.json()["name"]) == (201, "ft")
