"""Importing training data from a blob with a signature."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import write_lines

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=rest-api#upload-your-training-data"
)


def call(world: World) -> None:
    url = "https://contoso.blob.core.windows.net/data/training_set.jsonl?sp=r&sig=signed"
    world.http.put("/_rehearsal/blobs", params={"url": url}, content=write_lines())
    body = {"purpose": "fine-tune", "filename": "training_set.jsonl", "content_url": url}

    made = world.ask("POST", "openai/files/import?api-version=2024-10-21", body).json()

    file = world.ask("GET", f"openai/files/{made['id']}?api-version=2024-10-21").json()
    assert (made["status"], file["status"]) == ("pending", "processed")
