"""Deploying a model with the line as the page prints it."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=rest#deploy-your-fine-tuned-model"
DEFECT = "the question mark before api-version is missing, and the verb would be PUT"


def call(world: World) -> None:
    model = world.train()["fine_tuned_model"]

    response = world.manage("POST", f"{world.id}/deployments/ftapi-version=2024-10-21", build_body(model))

    assert (response.status_code, response.json()["error"]["code"]) == (400, "MissingApiVersionParameter")
