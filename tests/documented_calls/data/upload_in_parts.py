"""Sending a large file in parts."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-troubleshoot#how-to-upload-large-files"


def call(world: World) -> None:
    content = write_lines(count=200)
    client = world.open_azure("2024-10-21")

    upload = client.uploads.upload_file_chunked(
        file=content,
        filename="large.jsonl",
        bytes=len(content),
        mime_type="application/json",
        purpose="fine-tune",
        part_size=10_000,
    )

    assert (upload.status, client.files.retrieve(upload.file.id).bytes) == ("completed", len(content))
