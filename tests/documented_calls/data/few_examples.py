"""Fewer than ten examples fail the job."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-troubleshoot#my-fine-tuned-model-does-not-seem-to-have-improved"


def call(world: World) -> None:
    body = {"model": "gpt-4o-mini-2024-07-18", "training_file": world.upload(write_lines(count=9))}

    made = world.ask("POST", "openai/fine_tuning/jobs?api-version=2024-10-21", body).json()

    done = world.ask("GET", f"openai/fine_tuning/jobs/{made['id']}?api-version=2024-10-21").json()
    assert (done["status"], done["error"]["param"]) == ("failed", "training_file")
