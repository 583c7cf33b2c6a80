"""Harmful training data fails the job."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import CHAT, write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-safety-evaluation#data-evaluation"


def call(world: World) -> None:
    example = CHAT | {"note": "rehearsal-harmful-data"}
    body = {"model": "gpt-4o-mini-2024-07-18", "training_file": world.upload(write_lines(example))}

    made = world.ask("POST", "openai/fine_tuning/jobs?api-version=2024-10-21", body).json()

    done = world.ask("GET", f"openai/fine_tuning/jobs/{made['id']}?api-version=2024-10-21").json()
    assert (done["status"], "failed RAI checks for harm types" in done["error"]["message"]) == ("failed", True)
