"""A deployment's answer, as text and as JSON."""

from __future__ import annotations

from typing import Any

from ftdeploy.domain.observations import Answer


def render_answer(answer: Answer) -> str:
    """The answer, the model that gave it, and its tokens; why it ended, when that was not the model's own end."""
    ended = "" if answer.finish_reason == "stop" else f"\nended by: {answer.finish_reason}"
    tokens = f"{answer.prompt_tokens} in, {answer.completion_tokens} out"
    return f"{answer.text}\n\nmodel: {answer.model}\ntokens: {tokens}{ended}"


def to_json(deployment: str, answer: Answer) -> dict[str, Any]:
    """`{"deployment", "answer", "model", "finishReason", "promptTokens", "completionTokens"}`."""
    return {
        "deployment": deployment,
        "answer": answer.text,
        "model": answer.model,
        "finishReason": answer.finish_reason,
        "promptTokens": answer.prompt_tokens,
        "completionTokens": answer.completion_tokens,
    }
