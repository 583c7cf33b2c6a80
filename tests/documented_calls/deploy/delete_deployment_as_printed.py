"""Deleting a deployment with the line as the page prints it."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy#clean-up-your-deployment"
DEFECT = "the question mark before api-version is missing"


def call(world: World) -> None:
    response = world.manage("DELETE", f"{world.id}/deployments/ftapi-version=2024-10-21")

    assert (response.status_code, response.json()["error"]["code"]) == (400, "MissingApiVersionParameter")
