"""Deleting a deployment."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy#clean-up-your-deployment"


def call(world: World) -> None:
    deployment = world.deploy("ft", world.train()["fine_tuned_model"])

    response = world.manage("DELETE", f"{deployment}?api-version=2024-10-01")

    assert response.status_code in (200, 202)
    assert world.manage("GET", f"{deployment}?api-version=2024-10-01").status_code == 404
