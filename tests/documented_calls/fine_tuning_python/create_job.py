"""Training with a seed."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#create-a-customized-model"


def call(world: World) -> None:
    client = world.open_azure("2024-05-01-preview")

    response = client.fine_tuning.jobs.create(
        training_file=world.upload(), validation_file=world.upload(), model="gpt-35-turbo-0613", seed=105
    )

    assert (response.id.startswith("ftjob-"), response.status, response.seed) == (True, "pending", 105)
