"""Chat completions, by Azure's path with a deployment in it and by the v1 path.

Not emulated: every other model call, content filters, rate limits, tools, structured output.
"""

from __future__ import annotations

from typing import Any

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.inference import errors, models
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.storedcompletions.models import keep

_CHAT = Need(
    action="Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action",
    operation="POST /openai/deployments/{deployment-id}/chat/completions",
)


def post_chat(call: Call) -> Reply:
    """`/accounts/<subdomain>/openai/deployments/<deployment>/chat/completions?api-version=…`."""
    account = get_account(call, _CHAT)
    if not call.query.get("api-version"):
        raise errors.missing_api_version()
    return _answer(call, account, call.parameters["deployment"], call.read_json())


def post_chat_v1(call: Call) -> Reply:
    """`/accounts/<subdomain>/openai/v1/chat/completions`; `model` names the deployment."""
    account = get_account(call, _CHAT)
    body = call.read_json()
    return _answer(call, account, str(body.get("model") or ""), body)


def _answer(call: Call, account: Resource, name: str, body: Json) -> Reply:
    deployment = call.world.resources.find(f"{account.id}/deployments/{name}")
    is_ready = deployment is not None and deployment.properties.get("provisioningState") not in ("Creating", "Deleting")
    if deployment is None or not is_ready:
        raise errors.deployment_not_found()
    messages = _read_messages(body)
    call.leans_on("answers-are-pretend")
    answer = models.answer_chat(call.world, deployment, messages)
    models.keep_call(call.world, account, deployment)
    keep(call, account, body, models.render_answer(answer))
    if body.get("stream"):
        with_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        return Reply(events=models.render_events(answer, with_usage=with_usage))
    return Reply(body=models.render_answer(answer))


def _read_messages(body: Json) -> list[dict[str, Any]]:
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(each, dict) for each in messages):
        raise errors.bad_request("'messages' is a required property")
    return messages
