"""Training a model whose name has a dot, which the page's comment says there is none."""

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#create-a-customized-model"
DEFECT = "the comment says that names of models cannot contain dots; those of fine-tuned models do, and are taken"


def call(world: World) -> None:
    first = world.train("gpt-35-turbo-0613")

    second = world.train(first["fine_tuned_model"])

    assert "." in first["fine_tuned_model"]
    assert second["status"] == "succeeded"
