"""A model can be deployed once: so the page says until February 2025."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#deploy-a-fine-tuned-model"


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    world.deploy("one", model)

    response = world.manage("PUT", f"{world.id}/deployments/two?api-version=2023-05-01", build_body(model))

    assert response.status_code == 400
