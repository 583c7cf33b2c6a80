"""Deploying a model that was trained in another region."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#cross-region-deployment"


def call(world: World) -> None:
    source, model = world.id, world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    world.move_to("northcentralus")

    body = build_body(model, source=source)
    response = world.manage("PUT", f"{world.id}/deployments/gpt-35-turbo-ft?api-version=2023-05-01", body)

    assert (response.status_code, response.json()["properties"]["model"]["source"]) == (201, source)
