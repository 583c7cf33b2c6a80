"""How full a provisioned deployment is: a bucket that calls fill and time empties, 100 % a minute.

A call is refused while the bucket is above 100 %, so the last call before may fill it further. What is in it is
read from the calls kept: each says how full the bucket was after it.
"""

from __future__ import annotations

from datetime import timedelta

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.inference import errors
from ftdeploy.rehearsal.azure.inference.prompts import Generation
from ftdeploy.rehearsal.azure.inference.targets import Target

_FULL_PERCENT = 100.0
_MINUTE_SECONDS = 60.0
_LOOKED_BACK = timedelta(minutes=10)
"""Ours: no single call of a model here fills a deployment for longer."""


def measure_percent(call: Call, target: Target) -> float:
    """How full it is now."""
    now = call.world.clock.now()
    found = call.world.traffic.list_of_deployment(target.account.id, target.deployment.name, now - _LOOKED_BACK)
    levels = (
        each.utilization_percent * each.ptu / target.ptu
        - (now - each.at).total_seconds() * _FULL_PERCENT / _MINUTE_SECONDS
        for each in found
        if each.ptu and each.at <= now
    )
    return max([0.0, *levels])


def check_utilization(target: Target, percent: float) -> None:
    """Let the call pass unless the deployment is above 100 %.

    Raises:
        AzureError: 429; it says in how many milliseconds it will be at 100 %.
    """
    if percent > _FULL_PERCENT:
        seconds = (percent - _FULL_PERCENT) / _FULL_PERCENT * _MINUTE_SECONDS
        raise errors.fully_used(target.deployment.name, seconds=seconds)


def add_call(target: Target, percent: float, made: Generation) -> float:
    """How full it is after a call."""
    if target.base is None or not target.tpm:
        return percent
    tokens = target.base.normalize_tokens(made.prompt_tokens, made.cached_tokens, made.generated_tokens)
    return percent + tokens / target.tpm * _FULL_PERCENT


def render_percent(percent: float) -> str:
    """As the header has it: `42.5%`."""
    return f"{percent:.1f}%"
