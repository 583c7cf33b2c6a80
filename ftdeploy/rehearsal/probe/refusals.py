"""Probes of what the models refuse: arguments, orders of messages, forms, and api-versions that do not have them."""

from __future__ import annotations

from functools import partial
from typing import Any

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.plane import TOKENS_EUR, open_plane
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, expect, refused

_OPEN = {"type": "object", "properties": {}}
_REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "unknown-arguments-are-refused": ({"topP": 1}, "Unrecognized request argument supplied: topP"),
    "roles-are-known": ({"messages": [{"role": "robot", "content": "Say yes."}]}, "Invalid value: 'robot'."),
    "tool-messages-answer-calls": (
        {"messages": [{"role": "tool", "tool_call_id": "one", "content": "7"}]},
        "must be a response to a preceeding message",
    ),
    "json-mode-needs-the-word": ({"response_format": {"type": "json_object"}}, "must contain the word 'json'"),
    "strict-schemas-are-closed": (
        {
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "open", "strict": True, "schema": _OPEN},
            }
        },
        "'additionalProperties' is required to be supplied and to be false",
    ),
    "numbers-have-bounds": ({"temperature": 3}, "temperature"),
}
"""What is asked beside the usual, and what the refusal says, by behaviour."""


def _ask_chat(lab: Lab, behaviour: str) -> Verdict:
    asked, words = _REFUSED[behaviour]
    plane = open_plane(lab)
    with lab.deployed("refusing"):
        answer = plane.chat("refusing", **asked)
    error = (answer.body or {}).get("error") or {}
    seen = (answer.status, error.get("type"), words in str(error.get("message")))
    return compare(seen, (400, "invalid_request_error", True))


def _ask_version(lab: Lab) -> Verdict:
    """An api-version that never was."""
    plane = open_plane(lab)
    address = f"{plane.endpoint.rstrip('/')}/openai/models?api-version=2023-12-01"
    return expect(lab.wire.send("GET", address, headers={"api-key": plane.key}), 404, "404")


def _ask_feature(lab: Lab) -> Verdict:
    """A response by an api-version that is older than responses are."""
    plane = open_plane(lab)
    body = {"model": "none", "input": "Say yes.", "max_output_tokens": 16}
    answer = lab.wire.call(plane.endpoint, "/openai/responses?api-version=2024-10-21", body, **{"api-key": plane.key})
    return expect(answer, 400, "BadRequest")


def _ask_least(lab: Lab) -> Verdict:
    plane = open_plane(lab)
    with lab.deployed("few"):
        asked = {"model": "few", "input": "Say yes.", "max_output_tokens": 15}
        return refused(plane.insist("/responses", asked), "integer_below_min_value")


PROBES = (
    *(Probe(behaviour=each, ask=partial(_ask_chat, behaviour=each), price_eur=TOKENS_EUR) for each in _REFUSED),
    Probe(behaviour="features-need-an-api-version", ask=_ask_feature),
    Probe(behaviour="models-api-versions-are-known", ask=_ask_version),
    Probe(behaviour="responses-take-16-tokens", ask=_ask_least, price_eur=TOKENS_EUR),
)
