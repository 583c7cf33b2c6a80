"""A harmful model cannot be deployed."""

from tests.documented_calls.world import World, build_body
from tests.rehearsal.azure.trainingdata import CHAT, write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-safety-evaluation#model-evaluation"


def call(world: World) -> None:
    example = CHAT | {"note": "rehearsal-harmful-model"}
    body = {"model": "gpt-4o-mini-2024-07-18", "training_file": world.upload(write_lines(example))}

    made = world.ask("POST", "openai/fine_tuning/jobs?api-version=2024-10-21", body).json()

    done = world.ask("GET", f"openai/fine_tuning/jobs/{made['id']}?api-version=2024-10-21").json()
    body = build_body(done["fine_tuned_model"])
    response = world.manage("PUT", f"{world.id}/deployments/ft?api-version=2024-10-01", body)
    assert "scores above acceptable thresholds" in response.json()["error"]["message"]
