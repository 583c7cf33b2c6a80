"""Training with a seed."""

from tests.documented_calls.world import World

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#create-a-customized-model"
)


def call(world: World) -> None:
    body = {
        "model": "gpt-35-turbo-0613",
        "training_file": world.upload(),
        "validation_file": world.upload(),
        "seed": 105,
    }

    response = world.ask("POST", "openai/fine_tuning/jobs?api-version=2024-05-01-preview", body)

    assert (response.status_code, response.json()["status"], response.json()["seed"]) == (201, "pending", 105)
    assert response.headers["location"].endswith(response.json()["id"])
