"""Deploying with the api-version as the page prints it."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=rest#deploy-your-fine-tuned-model"
DEFECT = "2024-10-21 is a version of the model endpoint; Resource Manager has 2024-10-01"


def call(world: World) -> None:
    model = world.train()["fine_tuned_model"]

    response = world.manage("PUT", f"{world.id}/deployments/ft?api-version=2024-10-21", build_body(model))

    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (400, "NoRegisteredProviderFound")
    assert "2024-10-01" in error["message"]
