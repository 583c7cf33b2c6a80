"""Training for two epochs."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#create-a-customized-model"


def call(world: World) -> None:
    client = world.open_azure("2024-02-01")

    job = client.fine_tuning.jobs.create(
        training_file=world.upload(), model="gpt-35-turbo-0613", hyperparameters={"n_epochs": 2}
    )

    assert client.fine_tuning.jobs.retrieve(job.id).hyperparameters.n_epochs == 2
