"""Deploying with an api-version that Resource Manager takes."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=rest#deploy-your-fine-tuned-model"


def call(world: World) -> None:
    model = world.train()["fine_tuned_model"]

    for version in ("2023-05-01", "2024-10-01"):
        response = world.manage("PUT", f"{world.id}/deployments/ft?api-version={version}", build_body(model))

        assert response.status_code in (200, 201)
