"""Deploying the model as `az cognitiveservices account deployment create` does."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#deploy-a-model-with-azure-cli"


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    body = build_body(model, sku="Standard")

    world.open_management().deployments.begin_create_or_update("rg-dev", world.name, "ft", body).result()

    assert [each.name for each in world.open_management().deployments.list("rg-dev", world.name)] == ["ft"]
