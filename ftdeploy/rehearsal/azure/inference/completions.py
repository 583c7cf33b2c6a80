"""Completions of the old models, and embeddings, which are refused by name.

Not emulated: several prompts in one call, log probabilities, `best_of`, `echo`, `suffix`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import not_emulated
from ftdeploy.rehearsal.azure.inference import errors, filters
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.inference.answering import answer
from ftdeploy.rehearsal.azure.inference.bodies import read_count, read_maximum, read_stops, render_event
from ftdeploy.rehearsal.azure.inference.prompts import Generation, Prompt, split_tokens
from ftdeploy.rehearsal.azure.inference.versions import check_api_version
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.traffic import COMPLETIONS

_NEED = Need(
    action="Microsoft.CognitiveServices/accounts/OpenAI/deployments/completions/action",
    operation="POST /openai/deployments/{deployment-id}/completions",
)
_LEFT_OUT = ("logprobs", "best_of", "echo", "suffix")
_USUAL_TOKENS = 16
"""What a completion has at most unless the request says so, as OpenAI's reference has it."""


def post_completion(call: Call) -> Reply:
    """`/accounts/<subdomain>/openai/deployments/<deployment>/completions?api-version=…`."""
    account = get_account(call, _NEED)
    check_api_version(call)
    return _answer(call, account, call.parameters["deployment"], call.read_json())


def post_completion_v1(call: Call) -> Reply:
    """`/accounts/<subdomain>/openai/v1/completions`; `model` names the deployment."""
    account = get_account(call, _NEED)
    body = call.read_json()
    return _answer(call, account, str(body.get("model") or ""), body)


def post_embeddings(call: Call) -> Reply:
    """Refused, by either path."""
    raise not_emulated("embeddings")


def _answer(call: Call, account: Resource, name: str, body: Json) -> Reply:
    prompt = _read_prompt(body)

    def finish(made: Generation) -> Reply:
        whole = _render(call, made, prompt)
        return Reply(events=_render_events(whole)) if prompt.is_stream else Reply(body=whole)

    return answer(call, account, name, prompt, finish)


def _read_prompt(body: Json) -> Prompt:
    left_out = next((each for each in _LEFT_OUT if body.get(each)), None)
    if left_out is not None or isinstance(body.get("prompt"), list):
        raise not_emulated(f"{left_out or 'several prompts'} of a completion")
    text = body.get("prompt")
    if not isinstance(text, str):
        raise errors.bad_request("'prompt' is a required property")
    return Prompt(
        operation=COMPLETIONS,
        text=text,
        asked=text,
        choices=read_count(body, "n", 1),
        maximum_tokens=read_maximum(body, "max_tokens") or _USUAL_TOKENS,
        stops=read_stops(body),
        is_stream=bool(body.get("stream")),
    )


def _render(call: Call, made: Generation, prompt: Prompt) -> Json:
    results = filters.render_results(is_filtered=made.finish == "content_filter")
    choice = {"text": made.text, "finish_reason": made.finish, "logprobs": None, "content_filter_results": results}
    return {
        "id": f"cmpl-{uuid.uuid4().hex[:29]}",
        "object": "text_completion",
        "created": int(call.world.clock.now().timestamp()),
        "model": made.model,
        "prompt_filter_results": filters.render_prompt_results(),
        "choices": [{"index": number, **choice} for number in range(prompt.choices)],
        "usage": made.usage,
    }


def _render_events(whole: Json) -> Iterator[str]:
    """A token each, then why it ended."""
    head = {key: whole[key] for key in ("id", "object", "created", "model")}
    for choice in whole["choices"]:
        for token in split_tokens(choice["text"]):
            yield render_event({**head, "choices": [{**choice, "text": token, "finish_reason": None}]})
        yield render_event({**head, "choices": [{**choice, "text": ""}]})
    yield "data: [DONE]\n\n"
