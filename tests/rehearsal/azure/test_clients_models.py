"""OpenAI's clients call models: streams, responses, and waiting when a limit is reached."""

from __future__ import annotations

import asyncio

from tests.rehearsal.azure.openaiclients import get_token, open_azure, open_v1
from tests.rehearsal.azure.processes import Emulator
from tests.rehearsal.azure.scenarios import ACCOUNT, build_deployment

MESSAGES = [{"role": "user", "content": "Hello?"}]


def deploy(emulator: Emulator, name: str, **settings: float) -> None:
    headers = {"Authorization": f"Bearer {get_token(emulator, 'https://management.azure.com/.default')}"}
    with emulator.open_http() as http:
        address = f"{ACCOUNT}/deployments/{name}?api-version=2025-06-01"
        http.put(address, json=build_deployment(capacity=10), headers=headers)
        http.put("/_rehearsal/settings", json=settings)


def test_stream_ends_with_its_usage(emulator: Emulator) -> None:
    deploy(emulator, "stream")

    with open_azure(emulator) as client:
        chunks = list(
            client.chat.completions.create(
                model="stream", messages=MESSAGES, stream=True, stream_options={"include_usage": True}
            )
        )

    assert (chunks[0].choices, chunks[-1].usage.prompt_tokens) == ([], 2)


async def _respond(emulator: Emulator) -> tuple[str, str, list[str]]:
    async with open_v1(emulator) as client:
        made = await client.responses.create(model="respond", input="Hello?")
        stream = await client.responses.create(
            model="respond", input="Again?", previous_response_id=made.id, stream=True
        )
        names = [event.type async for event in stream]
        kept = await client.responses.retrieve(made.id)
        await client.responses.delete(made.id)
        return made.output_text, kept.output_text, names


def test_asynchronous_client_has_responses(emulator: Emulator) -> None:
    deploy(emulator, "respond")

    made, kept, names = asyncio.run(_respond(emulator))

    assert made == kept
    assert (names[0], names[-1]) == ("response.created", "response.completed")


def test_client_waits_as_long_as_it_is_told(emulator: Emulator) -> None:
    deploy(emulator, "busy", requestWindowSeconds=2)
    statuses: list[int] = []

    with open_azure(emulator) as client, emulator.open_http() as http:
        http.event_hooks = {"response": [lambda response: statuses.append(response.status_code)]}
        patient = client.with_options(max_retries=5, http_client=http)
        for _ in range(3):
            patient.chat.completions.create(model="busy", messages=MESSAGES)
        http.event_hooks = {}
        http.put("/_rehearsal/settings", json={"requestWindowSeconds": 60})

    assert (statuses.count(200), 429 in statuses) == (3, True)
