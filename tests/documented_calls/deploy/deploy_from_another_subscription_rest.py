"""Deploying a model of another subscription, with one token that may read there."""

from tests.documented_calls.world import World, build_body
from tests.rehearsal.azure.scenarios import TRAINED_MODEL, TRAINING_ACCOUNT

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=rest#cross-region-deployment"
)


def call(world: World) -> None:
    body = build_body(TRAINED_MODEL, source=TRAINING_ACCOUNT)

    response = world.manage("PUT", f"{world.id}/deployments/ft?api-version=2024-10-01", body)

    assert (response.status_code, response.json()["properties"]["model"]["name"]) == (201, TRAINED_MODEL)
