"""Content filters: what every answer says of them, and the phrases that make them act in a rehearsal.

A prompt with the phrase of `filteredPromptPhrases` is refused; one with that of `filteredAnswerPhrases` gets no answer.
Both stand for violence of medium severity. A content filter of one's own counts by its `contentFilters` for Violence.
Not emulated: real filtering, other categories, block lists, filtering in the middle of a stream.
"""

from __future__ import annotations

from collections.abc import Iterable

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.inference.targets import Target

_CATEGORIES = ("hate", "self_harm", "sexual", "violence")
_MILD = ("low", "medium")
"""Thresholds from which on medium severity is filtered."""


def is_prompt_filtered(call: Call, target: Target, text: str) -> bool:
    """Whether the prompt is refused."""
    if not _has(call.world.settings.get_words("filteredPromptPhrases"), text):
        return False
    return call.leans_on("prompts-are-filtered") and _is_blocking(call, target, "Prompt")


def is_answer_filtered(call: Call, target: Target, text: str) -> bool:
    """Whether the answer to that prompt is held back."""
    if not _has(call.world.settings.get_words("filteredAnswerPhrases"), text):
        return False
    return call.leans_on("answers-are-filtered") and _is_blocking(call, target, "Completion")


def render_prompt_results() -> list[Json]:
    """`prompt_filter_results` of a prompt that passed."""
    return [{"prompt_index": 0, "content_filter_results": render_results(is_prompt=True)}]


def render_results(*, is_prompt: bool = False, is_filtered: bool = False) -> Json:
    """`content_filter_results`: a verdict for each category."""
    found: Json = {each: {"filtered": False, "severity": "safe"} for each in _CATEGORIES}
    if is_filtered:
        found["violence"] = {"filtered": True, "severity": "medium"}
    if is_prompt:
        found["jailbreak"] = {"filtered": False, "detected": False}
    return found


def _has(phrases: Iterable[str], text: str) -> bool:
    return any(each.lower() in text.lower() for each in phrases)


def _is_blocking(call: Call, target: Target, source: str) -> bool:
    name = str(target.deployment.properties.get("raiPolicyName") or "")
    policy = call.world.resources.find(f"{target.account.id}/raiPolicies/{name}") if name else None
    listed = policy.properties.get("contentFilters") or () if policy else ()
    for each in listed:
        if str(each.get("name")).lower() == "violence" and str(each.get("source")).lower() == source.lower():
            is_on = bool(each.get("enabled", True)) and bool(each.get("blocking", True))
            return is_on and str(each.get("severityThreshold", "Medium")).lower() in _MILD
    return True
