"""Reading the results of a job."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#analyze-your-customized-model"


def call(world: World) -> None:
    job_id = world.train("gpt-35-turbo-0613")["id"]
    client = world.open_azure("2024-05-01-preview")

    result_id = client.fine_tuning.jobs.retrieve(job_id).result_files[0]
    file = client.files.retrieve(result_id)
    content = client.files.content(result_id).read()

    assert (file.filename, file.purpose) == ("results.csv", "fine-tune-results")
    assert content.startswith(b"step,train_loss,train_mean_token_accuracy,valid_loss,validation_mean_token_accuracy")
