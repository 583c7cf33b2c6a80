"""OpenAI's clients send, list, read and delete files, and store completions."""

from __future__ import annotations

import asyncio
import io

import pytest
from openai import BadRequestError, NotFoundError

from tests.rehearsal.azure.openaiclients import get_token, open_azure, open_v1
from tests.rehearsal.azure.processes import Emulator
from tests.rehearsal.azure.scenarios import ACCOUNT, build_deployment
from tests.rehearsal.azure.trainingdata import write_lines


def test_file_lives_and_dies(emulator: Emulator) -> None:
    with open_azure(emulator) as client:
        made = client.files.create(file=("train.jsonl", write_lines()), purpose="fine-tune")
        ready = client.files.wait_for_processing(made.id, poll_interval=0.01)
        content = client.files.content(made.id).read()
        listed = [each.id for each in client.files.list(purpose="fine-tune")]
        client.files.delete(made.id)
        with pytest.raises(NotFoundError):
            client.files.retrieve(made.id)

    assert (made.status, ready.status, content) == ("pending", "processed", write_lines())
    assert made.id in listed


def test_refusal_has_its_code(emulator: Emulator) -> None:
    with open_azure(emulator) as client, pytest.raises(BadRequestError) as refused:
        client.files.create(file=("train.pdf", b"x"), purpose="fine-tune")

    assert refused.value.code == "invalidPayload"


async def _upload(emulator: Emulator) -> tuple[str, bytes]:
    content = write_lines(count=300)
    async with open_v1(emulator) as client:
        upload = await client.uploads.create(
            bytes=len(content), filename="large.jsonl", mime_type="application/json", purpose="fine-tune"
        )
        halves = (content[:9000], content[9000:])
        parts = [await client.uploads.parts.create(upload.id, data=io.BytesIO(each)) for each in halves]
        done = await client.uploads.complete(upload.id, part_ids=[each.id for each in parts])
        read = await client.files.content(done.file.id)
        return done.status, read.content


def test_asynchronous_client_uploads_in_parts(emulator: Emulator) -> None:
    assert asyncio.run(_upload(emulator)) == ("completed", write_lines(count=300))


def test_completion_is_stored_listed_updated_and_deleted(emulator: Emulator) -> None:
    headers = {"Authorization": f"Bearer {get_token(emulator, 'https://management.azure.com/.default')}"}
    with emulator.open_http() as http:
        address = f"{ACCOUNT}/deployments/bot?api-version=2025-06-01"
        http.put(address, json=build_deployment(capacity=1), headers=headers)
    with open_azure(emulator, version="2025-02-01-preview") as client:
        messages = [{"role": "user", "content": "Hello?"}]
        for number in range(3):
            client.chat.completions.create(
                model="bot", messages=messages, store=True, metadata={"Number": str(number), "kind": "test"}
            )
        every = list(client.chat.completions.list(metadata={"kind": "test"}, limit=2))
        one = every[0].id
        asked = [each.content for each in client.chat.completions.messages.list(one)]
        updated = client.chat.completions.update(one, metadata={"fizz": "buzz"})
        deleted = client.chat.completions.delete(one)

    assert [each.metadata["Number"] for each in every] == ["0", "1", "2"]
    assert (asked, updated.metadata["fizz"], deleted.deleted) == (["Hello?"], "buzz", True)
