from __future__ import annotations

import asyncio
from types import SimpleNamespace

import openai
import pytest

from ftdeploy.azure.inference import Inference
from ftdeploy.domain.observations import AccountState, Answer
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.errors import ServiceRefused

ACCOUNT = AccountState(
    id=AccountId(subscription="s", resource_group="g", name="contoso"),
    region="swedencentral",
    endpoint="https://contoso.example/",
)
REQUEST = SimpleNamespace(method="POST", url="https://contoso.example/")


class FakeClient:
    """Answers a chat with `answer`, or raises it; keeps what it was asked."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = {}
        self.chat = SimpleNamespace(completions=self)

    async def create(self, **asked):
        self.asked = asked
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def refuse(status, code):
    response = SimpleNamespace(status_code=status, request=REQUEST, headers={})
    return openai.APIStatusError("library text", response=response, body={"code": code})


def ask(client):
    return asyncio.run(Inference(client, ACCOUNT).ask("bot", "Why?"))


def test_answer_tells_text_model_and_tokens():
    choice = SimpleNamespace(message=SimpleNamespace(content="Because."), finish_reason="stop")
    usage = SimpleNamespace(prompt_tokens=3, completion_tokens=2)
    client = FakeClient(SimpleNamespace(choices=[choice], usage=usage, model="m"))

    answer = ask(client)

    assert answer == Answer(text="Because.", model="m", finish_reason="stop", prompt_tokens=3, completion_tokens=2)
    assert client.asked == {"model": "bot", "messages": [{"role": "user", "content": "Why?"}]}


@pytest.mark.parametrize(
    ("error", "where", "said"),
    [
        (refuse(401, "PermissionDenied"), str(ACCOUNT.id), "(401 PermissionDenied)"),
        (refuse(404, "DeploymentNotFound"), str(ACCOUNT.id), "(404 DeploymentNotFound)"),
        (openai.APIConnectionError(request=REQUEST), ACCOUNT.endpoint, "it could not be reached"),
        (openai.APITimeoutError(request=REQUEST), ACCOUNT.endpoint, "it could not be reached"),
    ],
    ids=["no-role", "no-deployment", "unreachable", "too-slow"],
)
def test_refusal_is_told_in_our_words(error, where, said):
    with pytest.raises(ServiceRefused) as caught:
        ask(FakeClient(error))

    assert str(caught.value).startswith(f"{where}\nerror: Azure did not let bot answer: ")
    assert said in str(caught.value)
    assert "library text" not in str(caught.value)
