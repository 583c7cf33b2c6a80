"""Deploying a fine-tuned model on 25 PTU, from another account."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy#creating-a-provisioned-managed-deployment"


def call(world: World) -> None:
    source, model = world.id, world.train()["fine_tuned_model"]
    world.move_to("northcentralus")
    address = f"{world.id}/deployments/ft?api-version=2024-10-01"

    body = build_body(model, sku="ProvisionedStandard", capacity=25, source=source)
    response = world.manage("PUT", address, body)

    assert (response.status_code, response.json()["sku"]["capacity"]) == (201, 25)
