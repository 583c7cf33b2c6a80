"""What a caller asks of a model, whatever operation it comes by, and what is made of it: a pretend answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One request to a deployment."""

    operation: str
    """As in `traffic`: `chat/completions`."""
    text: str
    """Everything that goes into the model, for counting."""
    asked: str
    """What was said last."""
    choices: int = 1
    maximum_tokens: int | None = None
    """The most tokens of each choice; None where the caller did not say."""
    stops: tuple[str, ...] = ()
    is_stream: bool = False
    planned: str | None = None
    """What the answer must be, where its form is prescribed: JSON, or the arguments of a tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What a deployment made of a prompt; every choice is the same."""

    model: str
    text: str
    finish: str
    """`stop`, `length` or `content_filter`."""
    prompt_tokens: int
    cached_tokens: int
    generated_tokens: int
    """Of all choices together."""

    @property
    def usage(self) -> dict[str, Any]:
        """Tokens in and out, as chats and completions say them."""
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.generated_tokens,
            "total_tokens": self.prompt_tokens + self.generated_tokens,
            "prompt_tokens_details": {"audio_tokens": 0, "cached_tokens": self.cached_tokens},
            "completion_tokens_details": {"audio_tokens": 0, "reasoning_tokens": 0},
        }


def split_tokens(text: str) -> list[str]:
    """Words and marks, each with the space before it: plain, and not what a real tokenizer makes."""
    return _TOKEN.findall(text)


def count_tokens(text: str) -> int:
    """How many tokens a text has."""
    return len(split_tokens(text))


def generate(prompt: Prompt, *, model: str, cached_tokens: int, is_filtered: bool) -> Generation:
    """The pretend answer: it says which model answers, and to what; the same prompt gets the same answer."""
    whole = f"This is {model}, in a rehearsal. You asked: {prompt.asked}" if prompt.planned is None else prompt.planned
    for stop in prompt.stops:
        whole = whole.partition(stop)[0] if stop else whole
    parts = split_tokens(whole)
    is_cut = prompt.maximum_tokens is not None and len(parts) > prompt.maximum_tokens
    kept = parts[: prompt.maximum_tokens] if is_cut else parts
    return Generation(
        model=model,
        text="" if is_filtered else "".join(kept) if is_cut else whole,
        finish="content_filter" if is_filtered else "length" if is_cut else "stop",
        prompt_tokens=count_tokens(prompt.text),
        cached_tokens=cached_tokens,
        generated_tokens=len(kept) * prompt.choices,
    )


def read_text(content: object) -> str:
    """The text of a message's content, be it a text or a list of parts."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    return " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
