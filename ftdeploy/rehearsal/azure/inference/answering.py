"""The one way of every model call: find the deployment, check limits, filter, answer, and keep the call.

A refused call is counted too, so it is answered and not raised: raising would undo the count.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.errors import Refusal
from ftdeploy.rehearsal.azure.inference import caching, errors, filters, ptu
from ftdeploy.rehearsal.azure.inference.limits import check_limits
from ftdeploy.rehearsal.azure.inference.prompts import Generation, Prompt, count_tokens, generate
from ftdeploy.rehearsal.azure.inference.targets import Target, find_target
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.traffic import Traffic

Render = Callable[[Generation], Reply]
_PTU_RULE, _SPILL_RULE = "provisioned-deployments-fill-up", "full-deployments-spill-over"
SPILLING_STATUSES = (429, 500, 503)
"""With which a provisioned deployment lets a call spill over; and where the prompt is too long: the same page."""
_PTU_CONTEXT_TOKENS = 128_000
"""Of gpt-4.1 models: azure-ai-docs articles/foundry/openai/how-to/spillover-traffic-management.md (2026-03-04)."""


@dataclass(slots=True, kw_only=True)
class _Attempt:
    """One deployment asked once."""

    call: Call
    target: Target
    prompt: Prompt
    is_spillover: bool = False
    percent: float = 0.0
    """How full a provisioned deployment is."""

    def keep(self, *, made: Generation | None = None, status: int = 200, is_filtered: bool = False) -> None:
        """Count the call."""
        deployment = self.target.deployment
        self.call.world.traffic.keep(
            Traffic(
                account=self.target.account.key,
                deployment=deployment.name.lower(),
                at=self.call.world.clock.now(),
                operation=self.prompt.operation,
                status=status,
                is_stream=self.prompt.is_stream,
                is_spillover=self.is_spillover,
                prompt_tokens=made.prompt_tokens if made else 0,
                cached_tokens=made.cached_tokens if made else 0,
                generated_tokens=made.generated_tokens if made else 0,
                model_name=self.target.model,
                model_version=str(deployment.properties["model"].get("version") or ""),
                region=self.target.account.location,
                ptu=self.target.ptu,
                utilization_percent=self.percent,
                is_filtered=is_filtered or (made is not None and made.finish == "content_filter"),
            )
        )

    def render_headers(self) -> dict[str, str]:
        """What every answer of a deployment says of itself."""
        found = {
            "apim-request-id": str(uuid.uuid4()),
            "x-request-id": str(uuid.uuid4()),
            "x-ms-region": str(self.target.account.body["location"]),
            "x-ms-deployment-name": self.target.deployment.name,
        }
        if self.target.tpm:
            found["azure-openai-deployment-utilization"] = ptu.render_percent(self.percent)
        return found


def answer(call: Call, account: Resource, name: str, prompt: Prompt, render: Render) -> Reply:
    """What the deployment of that name answers, or the one that it spills over to.

    Args:
        call: the request.
        account: whose deployment it is.
        name: the deployment's.
        prompt: what is asked.
        render: makes the answer's body of what was generated; called once, when the answer is certain.
    """
    call.needs("answers-are-pretend")
    target = find_target(call, account, name, prompt.operation)
    reply, may_spill = _ask(_Attempt(call=call, target=target, prompt=prompt), render)
    sent = call.headers.get("x-ms-spillover-deployment", "")
    spare = str(target.deployment.properties.get("spilloverDeploymentName") or sent)
    if not (may_spill and spare and call.leans_on(_SPILL_RULE)):
        return reply
    return _spill(_Attempt(call=call, target=target, prompt=prompt, is_spillover=True), spare, reply, render)


def _spill(attempt: _Attempt, spare: str, refused: Reply, render: Render) -> Reply:
    """The standard deployment's answer; when that fails too, the first answer with the status of the second."""
    first = attempt.target
    try:
        attempt.target = find_target(attempt.call, first.account, spare, attempt.prompt.operation)
        reply, _ = _ask(attempt, render)
        status, is_refused = reply.status, not reply.status < errors.REFUSED
    except Refusal as refusal:
        status, is_refused = refusal.status, True
    if is_refused:
        return _add_headers(refused, {"x-ms-spillover-error": str(status)})
    return _add_headers(reply, {"x-ms-spillover-from-deployment": first.deployment.name})


def _ask(attempt: _Attempt, render: Render) -> tuple[Reply, bool]:
    """An answer or refusal, kept; and whether a refusal may spill over."""
    call, target = attempt.call, attempt.target
    try:
        limits = _check(attempt)
        made = _generate(attempt)
    except Refusal as refusal:
        attempt.keep(status=refusal.status, is_filtered=isinstance(refusal, errors.PromptFiltered))
        body = refusal.render(call.world.clock.now())
        headers = {**attempt.render_headers(), **refusal.headers}
        is_spilling = refusal.code == errors.TOO_LONG or refusal.status in SPILLING_STATUSES
        may_spill = bool(target.ptu) and is_spilling
        return Reply(status=refusal.status, body=body, headers=headers), may_spill
    if target.tpm:
        attempt.percent = ptu.add_call(target, attempt.percent, made)
    attempt.keep(made=made)
    return _add_headers(render(made), {**attempt.render_headers(), **limits}), False


def _check(attempt: _Attempt) -> dict[str, str]:
    """Let the call pass; the headers that say what is left."""
    call, target = attempt.call, attempt.target
    if call.struck is not None:
        refusal, call.struck = call.struck, None
        raise refusal
    if not target.ptu:
        return check_limits(call, target, attempt.prompt)
    if target.tpm and call.leans_on(_PTU_RULE):
        attempt.percent = ptu.measure_percent(call, target)
        ptu.check_utilization(target, attempt.percent)
    is_short = target.base is not None and target.base.name.startswith("gpt-4.1")
    tokens = count_tokens(attempt.prompt.text)
    if is_short and tokens > _PTU_CONTEXT_TOKENS and call.leans_on("long-prompts-are-not-provisioned"):
        raise errors.too_long(_PTU_CONTEXT_TOKENS, tokens)
    return {}


def _generate(attempt: _Attempt) -> Generation:
    call, target, prompt = attempt.call, attempt.target, attempt.prompt
    if filters.is_prompt_filtered(call, target, prompt.text):
        raise errors.PromptFiltered(filters.render_results(is_prompt=True, is_filtered=True))
    cached = caching.count_cached(call, target, prompt.text)
    is_filtered = filters.is_answer_filtered(call, target, prompt.text)
    return generate(prompt, model=target.model, cached_tokens=cached, is_filtered=is_filtered)


def _add_headers(reply: Reply, headers: Mapping[str, str]) -> Reply:
    return replace(reply, headers={**reply.headers, **headers})
