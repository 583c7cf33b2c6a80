"""Deploying on PTU with the line as the page prints it."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy#creating-a-provisioned-managed-deployment"
DEFECT = "the question mark before api-version is missing"


def call(world: World) -> None:
    model = world.train()["fine_tuned_model"]

    response = world.manage(
        "PUT",
        f"{world.id}/deployments/ftapi-version=2024-10-01",
        build_body(model, sku="ProvisionedStandard", capacity=25),
    )

    assert (response.status_code, response.json()["error"]["code"]) == (400, "MissingApiVersionParameter")
