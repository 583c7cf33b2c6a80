"""The one way of every model call: find the deployment, check limits, answer, and keep the call for the metrics.

A refused call is counted too, so it is answered and not raised: raising would undo the count.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace

from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.errors import Refusal
from ftdeploy.rehearsal.azure.inference.limits import check_limits
from ftdeploy.rehearsal.azure.inference.prompts import Generation, Prompt, generate
from ftdeploy.rehearsal.azure.inference.targets import Target, find_target
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.traffic import Traffic

Render = Callable[[Generation], Reply]


def answer(call: Call, account: Resource, name: str, prompt: Prompt, render: Render) -> Reply:
    """What the deployment of that name answers.

    Args:
        call: the request.
        account: whose deployment it is.
        name: the deployment's.
        prompt: what is asked.
        render: makes the answer's body of what was generated; called once, when the answer is certain.
    """
    call.leans_on("answers-are-pretend")
    call.leans_on("calls-are-counted-at-once")
    target = find_target(call, account, name, prompt.operation)
    return _ask(call, target, prompt, render)


def _ask(call: Call, target: Target, prompt: Prompt, render: Render) -> Reply:
    headers = {
        "apim-request-id": str(uuid.uuid4()),
        "x-request-id": str(uuid.uuid4()),
        "x-ms-region": str(target.account.body["location"]),
        "x-ms-deployment-name": target.deployment.name,
    }
    try:
        limits = check_limits(call, target, prompt)
    except Refusal as refusal:
        _keep(call, target, prompt, status=refusal.status)
        body = refusal.render(call.world.clock.now())
        return Reply(status=refusal.status, body=body, headers={**headers, **refusal.headers})
    made = generate(prompt, model=target.model, cached_tokens=0, is_filtered=False)
    _keep(call, target, prompt, made=made)
    return _add_headers(render(made), {**headers, **limits})


def _keep(call: Call, target: Target, prompt: Prompt, *, made: Generation | None = None, status: int = 200) -> None:
    model = target.deployment.properties["model"]
    call.world.traffic.keep(
        Traffic(
            account=target.account.key,
            deployment=target.deployment.name.lower(),
            at=call.world.clock.now(),
            operation=prompt.operation,
            status=status,
            is_stream=prompt.is_stream,
            prompt_tokens=made.prompt_tokens if made else 0,
            cached_tokens=made.cached_tokens if made else 0,
            generated_tokens=made.generated_tokens if made else 0,
            model_name=target.model,
            model_version=str(model.get("version") or ""),
            region=target.account.location,
            ptu=target.ptu,
        )
    )


def _add_headers(reply: Reply, headers: Mapping[str, str]) -> Reply:
    return replace(reply, headers={**reply.headers, **headers})
