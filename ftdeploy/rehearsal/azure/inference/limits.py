"""Rate limits of token deployments: requests and tokens, by what was answered in the present window.

A request counts its prompt and what it may generate at most; one that was answered counts what it really was.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.inference import errors
from ftdeploy.rehearsal.azure.inference.prompts import Prompt, count_tokens
from ftdeploy.rehearsal.azure.inference.targets import Target

_MINUTE = 60.0
_NEVER_SECONDS = 86_400
"""What Azure says to wait where a request is larger than the limit: alex-wolf-ps/dbchatprov2 #2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A limit, and what is left of it."""

    limit: int
    remaining: int
    reset_seconds: float


def check_limits(call: Call, target: Target, prompt: Prompt) -> dict[str, str]:
    """The `x-ratelimit-…` headers of a request that may pass.

    Raises:
        AzureError: 429; the requests or tokens of the window are used up.
    """
    counts = {each["key"]: int(each["count"]) for each in target.deployment.properties.get("rateLimits", ())}
    if not counts or not call.leans_on("token-deployments-have-rate-limits"):
        return {}
    seconds = call.world.settings.get_seconds("requestWindowSeconds") or _MINUTE
    share = max(1, math.floor(counts["request"] * seconds / _MINUTE))
    requests = _measure(call, target, limit=share, seconds=seconds, is_tokens=False)
    tokens = _measure(call, target, limit=counts["token"], seconds=_MINUTE, is_tokens=True)
    needed = count_tokens(prompt.text) + (prompt.maximum_tokens or 0) * prompt.choices
    if needed > tokens.limit:
        raise errors.rate_limited(call, target.account, prompt.operation, kind="token", seconds=_NEVER_SECONDS)
    if tokens.remaining < max(1, needed):
        seconds = tokens.reset_seconds
        raise errors.rate_limited(call, target.account, prompt.operation, kind="token", seconds=seconds)
    if requests.remaining < 1:
        seconds = requests.reset_seconds
        raise errors.rate_limited(call, target.account, prompt.operation, kind="call", seconds=seconds)
    return {
        "x-ratelimit-limit-requests": str(counts["request"]),
        "x-ratelimit-limit-tokens": str(tokens.limit),
        "x-ratelimit-remaining-requests": str(requests.remaining - 1),
        "x-ratelimit-remaining-tokens": str(tokens.remaining - needed),
        "x-ratelimit-reset-requests": str(math.ceil(requests.reset_seconds)),
        "x-ratelimit-reset-tokens": str(math.ceil(tokens.reset_seconds)),
    }


def _measure(call: Call, target: Target, *, limit: int, seconds: float, is_tokens: bool) -> Window:
    now = call.world.clock.now()
    start = datetime.fromtimestamp(math.floor(now.timestamp() / seconds) * seconds, tz=UTC)
    found = call.world.traffic.list_of_deployment(target.account.id, target.deployment.name, start)
    answered = [each for each in found if each.status < errors.REFUSED and each.at <= now]
    used = sum(each.prompt_tokens + each.generated_tokens if is_tokens else each.count for each in answered)
    left = (start + timedelta(seconds=seconds) - now).total_seconds()
    return Window(limit=limit, remaining=max(0, limit - used), reset_seconds=left)
