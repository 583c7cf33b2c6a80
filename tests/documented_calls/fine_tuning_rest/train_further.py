"""Training a fine-tuned model further, under a suffix."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#continuous-fine-tuning"


def call(world: World) -> None:
    body = {
        "model": world.train("gpt-35-turbo-0613")["fine_tuned_model"],
        "training_file": world.upload(),
        "validation_file": world.upload(),
        "suffix": "second_round",
    }

    made = world.ask("POST", "openai/fine_tuning/jobs?api-version=2023-12-01-preview", body).json()

    done = world.ask("GET", f"openai/fine_tuning/jobs/{made['id']}?api-version=2023-12-01-preview").json()
    assert done["fine_tuned_model"].endswith("-second_round")
