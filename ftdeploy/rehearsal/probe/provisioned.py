"""Probes of provisioned deployments; each pays for one, so they are asked under a high cap only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.plane import Plane, open_plane
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, refused
from ftdeploy.rehearsal.probe.wire import Exchange

_PTU = 15
_HOUR_EUR = 30.0
"""15 PTU at the 2 USD an hour that the book Azure OpenAI Essentials names; Microsoft's pages name no price."""
_LONG_MODEL = {"name": "gpt-4.1", "version": "2025-04-14"}
_MOST_CALLS = 60
_FILLING_WORDS, _LONG_WORDS = 100_000, 130_000


@contextmanager
def _provisioned(lab: Lab, name: str, model: dict[str, str] | None = None) -> Iterator[Plane]:
    """The least that is sold, of a base model."""
    with lab.deployed(name, sku="GlobalProvisionedManaged", capacity=_PTU, model=model) as made:
        if made.code:
            raise ValueError(f"{made.status} {made.code} {made.message}")
        yield open_plane(lab)


def _fill(plane: Plane, name: str) -> Exchange | None:
    """Call until it refuses, each time with another beginning, so that nothing is cached; None if it never does."""
    for number in range(_MOST_CALLS):
        answer = plane.chat(name, f"{number} {'word ' * _FILLING_WORDS}")
        if answer.status == httpx.codes.TOO_MANY_REQUESTS:
            return answer
    return None


def _ask_full(lab: Lab) -> Verdict:
    with _provisioned(lab, "full") as plane:
        answer = _fill(plane, "full")
    if answer is None:
        return Verdict(agrees=False, seen=f"no refusal in {_MOST_CALLS} calls")
    told = {key: answer.headers.get(key, "") for key in ("retry-after-ms", "azure-openai-deployment-utilization")}
    return Verdict(agrees=all(told.values()), seen=f"{answer.status}, {told}")


def _ask_spillover(lab: Lab) -> Verdict:
    """A short call just after a refusal, with the header that names a standard deployment."""
    with lab.deployed("spare", capacity=10), _provisioned(lab, "spilling") as plane:
        plane.chat("spare")
        _fill(plane, "spilling")
        body = {"model": "spilling", "messages": [{"role": "user", "content": "Say yes."}], "max_tokens": 5}
        headers = {"api-key": plane.key, "x-ms-spillover-deployment": "spare"}
        answer = plane.ask("POST", "/chat/completions", body, headers=headers)
    told = answer.headers.get("x-ms-spillover-from-deployment", "")
    return Verdict(agrees=told == "spilling", seen=f"{answer.status}, spilled over from {told or 'none'}")


def _ask_long(lab: Lab) -> Verdict:
    with _provisioned(lab, "long-prompt", _LONG_MODEL) as plane:
        return refused(plane.chat("long-prompt", "word " * _LONG_WORDS), "context_length_exceeded")


PROBES = (
    Probe(behaviour="full-deployments-spill-over", ask=_ask_spillover, price_eur=_HOUR_EUR),
    Probe(behaviour="long-prompts-are-not-provisioned", ask=_ask_long, price_eur=_HOUR_EUR),
    Probe(behaviour="provisioned-deployments-fill-up", ask=_ask_full, price_eur=_HOUR_EUR),
)
