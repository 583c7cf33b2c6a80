"""Deploying the model as `az cognitiveservices account deployment create` does."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=rest#deploy-a-model-with-azure-cli"


def call(world: World) -> None:
    body = build_body(world.train()["fine_tuned_model"], sku="Standard")

    made = world.open_management().deployments.begin_create_or_update("rg-dev", world.name, "ft", body).result()

    assert made.properties.provisioning_state == "Succeeded"
