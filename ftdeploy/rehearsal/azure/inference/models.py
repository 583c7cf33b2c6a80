"""What a deployment answers, how its tokens are counted, and the calls kept for metrics."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.traffic import Traffic
from ftdeploy.rehearsal.azure.world import World

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A chat completion."""

    id: str
    created: int
    model: str
    text: str
    prompt_tokens: int
    completion_tokens: int

    @property
    def usage(self) -> dict[str, int]:
        """Tokens in and out."""
        total = self.prompt_tokens + self.completion_tokens
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "total_tokens": total,
        }


def count_tokens(text: str) -> int:
    """Words and marks: plain, and not what a real tokenizer counts."""
    return len(_TOKEN.findall(text))


def answer_chat(world: World, deployment: Resource, messages: list[dict[str, Any]]) -> Answer:
    """The pretend answer: it says which model answers, and to what."""
    model = str(deployment.properties["model"]["name"])
    asked = _read_text(messages[-1])
    text = f"This is {model}, in a rehearsal. You asked: {asked}"
    return Answer(
        id=f"chatcmpl-{uuid.uuid4().hex[:29]}",
        created=int(world.clock.now().timestamp()),
        model=model,
        text=text,
        prompt_tokens=sum(count_tokens(_read_text(each)) for each in messages),
        completion_tokens=count_tokens(text),
    )


def keep_call(world: World, account: Resource, deployment: Resource) -> None:
    """Count a call for the metrics."""
    world.traffic.keep(Traffic(account=account.key, deployment=deployment.name.lower(), at=world.clock.now()))


def render_answer(answer: Answer) -> dict[str, Any]:
    """A chat completion as one body."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": answer.text, "refusal": None},
        "finish_reason": "stop",
        "logprobs": None,
    }
    return {**_head(answer, "chat.completion"), "choices": [choice], "usage": answer.usage}


def render_events(answer: Answer, *, with_usage: bool) -> Iterator[str]:
    """A chat completion as server-sent events, a word each."""
    head = _head(answer, "chat.completion.chunk")
    yield _event({**head, "choices": [_delta({"role": "assistant", "content": ""})]})
    for word in re.findall(r"\s*\S+", answer.text):
        yield _event({**head, "choices": [_delta({"content": word})]})
    yield _event({**head, "choices": [_delta({}, finish="stop")]})
    if with_usage:
        yield _event({**head, "choices": [], "usage": answer.usage})
    yield "data: [DONE]\n\n"


def _head(answer: Answer, kind: str) -> dict[str, Any]:
    return {"id": answer.id, "object": kind, "created": answer.created, "model": answer.model}


def _delta(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}


def _event(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body)}\n\n"


def _read_text(message: dict[str, Any]) -> str:
    """The text of a message, be its content a text or a list of parts."""
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
