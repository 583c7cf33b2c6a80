"""OpenAI's clients train models, which are then deployed and called."""

from __future__ import annotations

import asyncio

import pytest
from openai import ConflictError

from tests.rehearsal.azure.openaiclients import get_token, open_azure, open_v1
from tests.rehearsal.azure.processes import Emulator
from tests.rehearsal.azure.scenarios import ACCOUNT, build_deployment
from tests.rehearsal.azure.trainingdata import write_lines

MODEL = "gpt-4o-mini-2024-07-18"
DEPLOYMENT = f"{ACCOUNT}/deployments/trained?api-version=2025-06-01"


def test_trained_model_is_deployed_called_and_deleted(emulator: Emulator) -> None:
    headers = {"Authorization": f"Bearer {get_token(emulator, 'https://management.azure.com/.default')}"}
    with open_azure(emulator) as client, emulator.open_http() as http:
        file = client.files.create(file=("train.jsonl", write_lines()), purpose="fine-tune")
        made = client.fine_tuning.jobs.create(model=MODEL, training_file=file.id, suffix="clients", seed=105)
        job = client.fine_tuning.jobs.retrieve(made.id)
        events = list(client.fine_tuning.jobs.list_events(job.id, limit=5))
        versions = list(client.fine_tuning.jobs.checkpoints.list(job.id))
        results = client.files.content(job.result_files[0]).text
        http.put(DEPLOYMENT, json=build_deployment(job.fine_tuned_model, capacity=1), headers=headers)
        chat = client.chat.completions.create(model="trained", messages=[{"role": "user", "content": "Hello?"}])
        with pytest.raises(ConflictError):
            client.models.delete(job.fine_tuned_model)
        http.delete(DEPLOYMENT, headers=headers)
        deleted = client.models.delete(job.fine_tuned_model)

    assert (made.status, job.status, job.fine_tuned_model.endswith("-clients")) == ("pending", "succeeded", True)
    assert (len(events), len(versions), chat.model) == (16, 3, job.fine_tuned_model)
    assert (results.startswith("step,train_loss,"), deleted.deleted) == (True, True)


async def _cancel(emulator: Emulator) -> list[str]:
    async with open_v1(emulator) as client:
        file = await client.files.create(file=("train.jsonl", write_lines()), purpose="fine-tune")
        job = await client.fine_tuning.jobs.create(
            model="gpt-4.1", training_file=file.id, extra_body={"trainingType": "developerTier"}
        )
        cancelled = await client.fine_tuning.jobs.cancel(job.id)
        listed = [each.id async for each in client.fine_tuning.jobs.list(limit=1)]
        models = [each.id async for each in client.models.list()]
        return [
            cancelled.status,
            *(each for each in listed if each == job.id),
            *(each for each in models if each == MODEL),
        ]


def test_asynchronous_client_cancels_and_lists(emulator: Emulator) -> None:
    with emulator.open_http() as http:
        http.put("/_rehearsal/settings", json={"trainingQueueSeconds": 3600})

    found = asyncio.run(_cancel(emulator))

    with emulator.open_http() as http:
        http.put("/_rehearsal/settings", json={"trainingQueueSeconds": 0})
    assert (found[0], found[1].startswith("ftjob-"), found[2]) == ("cancelled", True, MODEL)
