"""Training a fine-tuned model further."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#continuous-fine-tuning"


def call(world: World) -> None:
    first = world.train("gpt-35-turbo-0613")["fine_tuned_model"]
    client = world.open_azure("2024-02-01")

    job = client.fine_tuning.jobs.create(training_file=world.upload(), validation_file=world.upload(), model=first)

    done = client.fine_tuning.jobs.retrieve(job.id)
    assert (done.model, done.fine_tuned_model.startswith("gpt-35-turbo-0613.ft-")) == (first, True)
