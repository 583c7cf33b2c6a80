"""Deploying an earlier version of a model by its id."""

from tests.documented_calls.world import World, build_body

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=rest#deploy-your-fine-tuned-model"


def call(world: World) -> None:
    job_id = world.train()["id"]
    versions = world.ask("GET", f"openai/fine_tuning/jobs/{job_id}/checkpoints?api-version=2024-10-21").json()["data"]

    body = build_body(versions[1]["id"])
    response = world.manage("PUT", f"{world.id}/deployments/ft?api-version=2024-10-01", body)

    assert (response.status_code, versions[1]["id"].startswith("ftchkpt-")) == (201, True)
