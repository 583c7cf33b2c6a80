"""OpenAI's clients call models: streams, responses, and waiting when a limit is reached."""

from __future__ import annotations

import asyncio
import ssl

import httpx
import pytest
from openai import AsyncAzureOpenAI, BadRequestError

from tests.rehearsal.azure.openaiclients import VERSION, get_token, open_azure, open_v1
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


async def _call(emulator: Emulator) -> tuple[str, str]:
    tool = {"type": "function", "name": "find", "strict": False, "parameters": {"properties": {"id": {"const": 7}}}}
    async with (
        open_v1(emulator) as client,
        client.responses.stream(model="call", input="Hello?", tools=[tool], tool_choice="required") as stream,
    ):
        [called] = (await stream.get_final_response()).output
        waiting = await client.responses.create(model="call", input="Hello?", background=True)
        done = await client.responses.cancel(waiting.id)
        return called.arguments, done.status


def test_client_streams_a_call_of_a_function_and_polls_the_background(emulator: Emulator) -> None:
    deploy(emulator, "call")

    assert asyncio.run(_call(emulator)) == ('{"id": 7}', "completed")


async def _chat(emulator: Emulator) -> tuple[str, list[str]]:
    context = ssl.create_default_context(cafile=emulator.ca)
    async with (
        httpx.AsyncClient(verify=context) as http,
        AsyncAzureOpenAI(
            azure_endpoint=f"{emulator.url}/accounts/contoso-dev",
            azure_ad_token=get_token(emulator, "https://cognitiveservices.azure.com/.default"),
            api_version=VERSION,
            http_client=http,
            max_retries=0,
        ) as client,
    ):
        whole = await client.chat.completions.create(model="async", messages=MESSAGES)
        stream = await client.chat.completions.create(model="async", messages=MESSAGES, stream=True)
        parts = [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]
        return str(whole.choices[0].message.content), parts


def test_asynchronous_azure_client_chats(emulator: Emulator) -> None:
    deploy(emulator, "async")

    whole, parts = asyncio.run(_chat(emulator))

    assert whole == "".join(parts)
    assert len(parts) > 1


def test_completions_are_refused_by_a_chat_model_as_azure_does(emulator: Emulator) -> None:
    deploy(emulator, "no-completions")

    with open_azure(emulator) as client, pytest.raises(BadRequestError) as refused:
        client.completions.create(model="no-completions", prompt="Hello?")

    assert refused.value.code == "OperationNotSupported"


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
