"""Chat completions, by Azure's path with a deployment in it and by the v1 path.

Not emulated: every other model call, content filters, rate limits, tools, structured output.
"""

from __future__ import annotations

import hmac
from typing import Any

from ftdeploy.rehearsal.azure import rbac
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.cognitiveservices.accounts import find_by_subdomain
from ftdeploy.rehearsal.azure.inference import errors, models
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.tokens import BadToken, Caller

AUDIENCES = ("https://cognitiveservices.azure.com", "https://ai.azure.com")
_ACTION = "Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action"
_OPERATION = "POST /openai/deployments/{deployment-id}/chat/completions"


def post_chat(call: Call) -> Reply:
    """`/accounts/<subdomain>/openai/deployments/<deployment>/chat/completions?api-version=…`."""
    account = _get_account(call)
    if not call.query.get("api-version"):
        raise errors.missing_api_version()
    return _answer(call, account, call.parameters["deployment"], call.read_json())


def post_chat_v1(call: Call) -> Reply:
    """`/accounts/<subdomain>/openai/v1/chat/completions`; `model` names the deployment."""
    account = _get_account(call)
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
    if body.get("stream"):
        with_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        return Reply(events=models.render_events(answer, with_usage=with_usage))
    return Reply(body=models.render_answer(answer))


def _read_messages(body: Json) -> list[dict[str, Any]]:
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(each, dict) for each in messages):
        raise errors.bad_request("'messages' is a required property")
    return messages


def _get_account(call: Call) -> Resource:
    """The account of this address, once the caller has shown a key or a token that it takes."""
    account = find_by_subdomain(call.world.resources, call.parameters["account"])
    if account is None:
        raise errors.account_not_found()
    bearer = call.headers.get("authorization", "").partition(" ")[2].strip()
    key = call.headers.get("api-key") or (bearer if bearer and "." not in bearer else "")
    if key:
        _check_key(call, account, key)
    elif bearer:
        _check_token(call, account, bearer)
    else:
        raise errors.wrong_key()
    return account


def _check_key(call: Call, account: Resource, key: str) -> None:
    """A key may come as a bearer too, as the openai client sends it to v1; a token has dots in it, a key has none."""
    if account.properties.get("disableLocalAuth") and call.leans_on("no-keys-without-local-authentication"):
        raise errors.keys_disabled()
    known = (account.internal["key1"], account.internal["key2"])
    is_known = any(hmac.compare_digest(key.encode(), each.encode()) for each in known)
    if not is_known and call.leans_on("keys-are-checked"):
        raise errors.wrong_key()


def _check_token(call: Call, account: Resource, token: str) -> None:
    caller = call.caller = _verify(call, token)
    if caller.tenant != call.world.find_tenant_of(account.path.subscription):
        raise errors.bad_token()
    if not call.leans_on("model-calls-need-a-data-role"):
        return
    if not rbac.is_allowed(call.world.resources, caller.object_id, _ACTION, account.id, is_data=True):
        raise errors.permission_denied(caller, _ACTION, _OPERATION)


def _verify(call: Call, token: str) -> Caller:
    try:
        if not call.leans_on("tokens-verified"):
            return call.world.tokens.read_unverified(token)
        return call.world.tokens.verify(token, AUDIENCES)
    except BadToken as error:
        raise errors.bad_token() from error
