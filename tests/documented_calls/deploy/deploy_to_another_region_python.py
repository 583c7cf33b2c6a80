"""Deploying a model that was trained in another region."""

from tests.documented_calls.world import World, build_body

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=python#cross-region-deployment"
)


def call(world: World) -> None:
    source, model = world.id, world.train()["fine_tuned_model"]
    world.move_to("northcentralus")

    body = build_body(model, source=source)
    response = world.manage("PUT", f"{world.id}/deployments/ft?api-version=2024-10-01", body)

    assert response.status_code == 201
