"""Questions to a deployment, through the openai client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ftdeploy.azure.credentials import TenantCredential
from ftdeploy.azure.endpoints import INFERENCE_SCOPE
from ftdeploy.azure.refusals import UNREACHABLE, Attempt, explain_refusal
from ftdeploy.domain.observations import AccountState, Answer

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion

_TIMEOUT_SECONDS = 120
_ROLE = "Cognitive Services OpenAI User"


@dataclass(frozen=True, slots=True)
class Inference:
    """The model endpoint of one account."""

    client: AsyncOpenAI
    account: AccountState

    async def ask(self, deployment: str, question: str) -> Answer:
        """One chat completion.

        Raises:
            ServiceRefused: the endpoint refused, or could not be reached.
        """
        import openai

        attempt = Attempt(action=f"let {deployment} answer", where=str(self.account.id), role=_ROLE)
        try:
            completion = await self.client.chat.completions.create(
                model=deployment, messages=[{"role": "user", "content": question}]
            )
        except openai.APIStatusError as error:
            raise explain_refusal(attempt, status=error.status_code, code=error.code) from error
        except openai.APIConnectionError as error:
            here = Attempt(action=attempt.action, where=self.account.endpoint)
            raise explain_refusal(here, status=None, code=UNREACHABLE) from error
        return _parse_answer(completion)


@asynccontextmanager
async def open_inference(credential: TenantCredential, account: AccountState) -> AsyncIterator[Inference]:
    """The model endpoint of an account, with Entra tokens; keys are never used."""
    from openai import AsyncOpenAI

    async def get_token() -> str:
        return (await credential.get_token_info(INFERENCE_SCOPE)).token

    address = f"{account.endpoint.rstrip('/')}/openai/v1/"
    async with AsyncOpenAI(base_url=address, api_key=get_token, timeout=_TIMEOUT_SECONDS) as client:
        yield Inference(client, account)


def _parse_answer(completion: ChatCompletion) -> Answer:
    choice, usage = completion.choices[0], completion.usage
    return Answer(
        text=choice.message.content or "",
        model=completion.model,
        finish_reason=choice.finish_reason,
        prompt_tokens=usage.prompt_tokens if usage else 0,
        completion_tokens=usage.completion_tokens if usage else 0,
    )
