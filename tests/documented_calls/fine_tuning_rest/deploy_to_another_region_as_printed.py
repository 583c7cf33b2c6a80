"""Deploying to another region with the line as the page prints it."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#cross-region-deployment"
DEFECT = "the question mark before api-version is missing"


def call(world: World) -> None:
    model = world.train("gpt-35-turbo-0613")["fine_tuned_model"]

    response = world.manage(
        "PUT", f"{world.id}/deployments/ftapi-version=2023-05-01", build_body(model, source=world.id)
    )

    assert (response.status_code, response.json()["error"]["code"]) == (400, "MissingApiVersionParameter")
