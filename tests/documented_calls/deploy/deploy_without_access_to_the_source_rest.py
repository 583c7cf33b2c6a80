"""Who deploys must have access to both subscriptions: without it, the source is refused."""

from tests.documented_calls.world import World, build_body
from tests.rehearsal.azure.scenarios import FOREIGN_ACCOUNT, FOREIGN_MODEL

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=rest#cross-region-deployment"
)


def call(world: World) -> None:
    body = build_body(FOREIGN_MODEL, source=FOREIGN_ACCOUNT)

    response = world.manage("PUT", f"{world.id}/deployments/ft?api-version=2024-10-01", body)

    assert (response.status_code, response.json()["error"]["code"]) == (403, "LinkedAuthorizationFailed")
