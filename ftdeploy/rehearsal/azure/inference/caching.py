"""Prompt caching: the beginning of a long prompt that came before, in steps of 128 tokens from 1,024 on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.inference.prompts import split_tokens
from ftdeploy.rehearsal.azure.inference.targets import Target

# azure-ai-docs articles/ai-services/openai/how-to/prompt-caching.md (2025-04-14).
_LEAST_TOKENS, _STEP_TOKENS = 1024, 128
_LEGACY = ("babbage", "davinci", "gpt-35", "gpt-4-")


def count_cached(call: Call, target: Target, text: str) -> int:
    """How many tokens of a prompt the deployment has seen lately; remembers the prompt."""
    tokens = split_tokens(text)
    name = f"{target.base.name}-" if target.base else ""
    if len(tokens) < _LEAST_TOKENS or not name or name.startswith(_LEGACY) or not call.leans_on("prompts-are-cached"):
        return 0
    store, now = call.world.store, call.world.clock.now()
    kept = timedelta(seconds=call.world.settings.get_seconds("promptCacheSeconds"))
    store.write("DELETE FROM prompt_prefixes WHERE at < ?", render_time(now - kept))
    cached = 0
    for length, mark in _list_prefixes(tokens):
        values = (target.deployment.key, mark)
        row = store.find_row("SELECT at FROM prompt_prefixes WHERE deployment = ? AND mark = ?", *values)
        cached = length if row is not None else cached
        store.write("INSERT OR REPLACE INTO prompt_prefixes VALUES (?, ?, ?)", *values, render_time(now))
    return cached


def _list_prefixes(tokens: list[str]) -> Iterator[tuple[int, str]]:
    """Each length that can be cached, with a mark of the text so far."""
    digest = hashlib.sha256("".join(tokens[:_LEAST_TOKENS]).encode())
    yield _LEAST_TOKENS, digest.hexdigest()
    for start in range(_LEAST_TOKENS, len(tokens) - _STEP_TOKENS + 1, _STEP_TOKENS):
        digest.update("".join(tokens[start : start + _STEP_TOKENS]).encode())
        yield start + _STEP_TOKENS, digest.hexdigest()
