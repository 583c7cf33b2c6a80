"""Training on pairs of answers, a better and a worse."""

from tests.documented_calls.world import World
from tests.rehearsal.azure.trainingdata import PREFERENCE, write_lines

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-direct-preference-optimization#how-to-use-direct-preference-optimization-fine-tuning"


def call(world: World) -> None:
    method = {"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.1, "l2_multiplier": 0.1}}}
    body = {"model": "gpt-4o-2024-08-06", "training_file": world.upload(write_lines(PREFERENCE)), "method": method}

    made = world.ask("POST", "openai/fine_tuning/jobs?api-version=2024-10-21", body)

    done = world.ask("GET", f"openai/fine_tuning/jobs/{made.json()['id']}?api-version=2024-10-21").json()
    assert (made.status_code, done["status"], done["hyperparameters"]["beta"]) == (201, "succeeded", 0.1)
