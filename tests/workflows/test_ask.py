from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest

from ftdeploy.domain.observations import AccountState, Answer
from ftdeploy.errors import InputError, ServiceRefused
from ftdeploy.workflows.ask import ask_deployment, find_deployment
from tests.workflows.wanted import build_account, build_stack

ANSWER = Answer(text="Because.", model="m", finish_reason="stop", prompt_tokens=1, completion_tokens=1)


class FakeAzure:
    """An account whose endpoint answers; none when `endpoint` is None. Keeps what it was asked."""

    def __init__(self, endpoint="https://contoso.example/"):
        self.endpoint = endpoint
        self.asked = []

    async def find_account(self, account):
        return None if self.endpoint is None else AccountState(id=account, region="r", endpoint=self.endpoint)

    @asynccontextmanager
    async def connect(self, state):
        self.asked.append(state.endpoint)
        yield self

    async def ask(self, deployment, question):
        self.asked.append((deployment, question))
        return ANSWER


def ask(azure):
    account = build_account("bot")
    return asyncio.run(ask_deployment(account, "bot", "Why?", accounts=azure, connect=azure.connect))


def test_question_goes_to_the_endpoint_that_azure_names():
    azure = FakeAzure()

    assert ask(azure) == ANSWER
    assert azure.asked == ["https://contoso.example/", ("bot", "Why?")]


@pytest.mark.parametrize("endpoint", [None, ""], ids=["no-account", "no-endpoint"])
def test_account_without_endpoint_is_refused(endpoint):
    with pytest.raises(ServiceRefused, match="is not in Azure, or has no endpoint yet"):
        ask(FakeAzure(endpoint))


@pytest.mark.parametrize("name", ["bot", "support.bot"])
def test_deployment_is_found_by_name_and_by_full_name(name):
    account = build_account("bot", "other")

    assert find_deployment(build_stack(account), name) == (account, "bot")


def test_name_in_two_accounts_needs_the_account():
    stack = build_stack(build_account("bot"), build_account("bot", key="sales"))

    with pytest.raises(InputError) as caught:
        find_deployment(stack, "bot")

    assert str(caught.value) == (
        "stacks/dev.yaml accounts\n"
        "error: 2 deployments are called `bot`\n"
        "allowed: support.bot, sales.bot\n"
        "hint: write the account's key before it"
    )


def test_misspelt_name_gets_the_nearest():
    with pytest.raises(InputError) as caught:
        find_deployment(build_stack(build_account("support-bot")), "suport-bot")

    assert caught.value.problems[0].fix == "did you mean `support-bot`?"
