"""Scaling from 25 to 40 PTU, as the page's example does."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy#scaling-a-fine-tuned-model-on-provisioned-managed"
DEFECT = "40 is no whole number of the model's steps of 25, by the page's own table"


def call(world: World) -> None:
    source, model = world.id, world.train()["fine_tuned_model"]
    world.move_to("northcentralus")
    address = f"{world.id}/deployments/ft?api-version=2024-10-01"

    world.manage("PUT", address, build_body(model, sku="ProvisionedStandard", capacity=25, source=source))

    body = build_body(model, sku="ProvisionedStandard", capacity=40, source=source)
    response = world.manage("PUT", address, body)

    assert (response.status_code, response.json()["error"]["code"]) == (400, "InvalidCapacity")
