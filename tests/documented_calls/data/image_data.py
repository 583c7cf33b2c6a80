"""Examples with images, up to 64 each."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-vision#image-dataset-requirements"


def call(world: World) -> None:
    image = {"type": "image_url", "image_url": {"url": "https://contoso.example/sea.png", "detail": "low"}}
    asked = {"role": "user", "content": [{"type": "text", "text": "Which sea is this?"}, *[image] * 64]}
    example = {"messages": [asked, {"role": "assistant", "content": "The Pacific."}]}
    name = world.upload(write_lines(example))

    file = world.ask("GET", f"openai/files/{name}?api-version=2024-10-21").json()

    assert file["status"] == "processed"
