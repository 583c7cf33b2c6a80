"""More than 64 images, or images from the assistant, are refused."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-vision#image-dataset-requirements"


def call(world: World) -> None:
    image = {"type": "image_url", "image_url": {"url": "https://contoso.example/sea.png"}}
    answer = {"role": "assistant", "content": "The Pacific."}
    many = {"messages": [{"role": "user", "content": [image] * 65}, answer]}
    own = {"messages": [{"role": "user", "content": "Draw."}, {"role": "assistant", "content": [image]}]}

    names = [world.upload(write_lines(each)) for each in (many, own)]

    files = [world.ask("GET", f"openai/files/{name}?api-version=2024-10-21").json() for name in names]
    assert [each["status"] for each in files] == ["error", "error"]
