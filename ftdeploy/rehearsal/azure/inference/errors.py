"""The model endpoints' refusals, in Azure's words."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.errors import AzureError, Refusal
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.tokens import Caller

REFUSED = 400
"""From this HTTP status on a call was refused."""
TOO_LONG = "context_length_exceeded"
"""The code for a prompt that is longer than the model, or the deployment, takes."""


class PromptFiltered(Refusal):
    """The content filter refuses the prompt; it says what it found."""

    def __init__(self, results: dict[str, Any]) -> None:
        super().__init__(
            400,
            "content_filter",
            "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please "
            "modify your prompt and retry. To learn more about our content filtering policies please read our "
            "documentation: https://go.microsoft.com/fwlink/?linkid=2198766",
        )
        self.results = results

    def render(self, now: datetime) -> dict[str, Any]:
        """The models' envelope, with the verdicts inside."""
        inner = {"code": "ResponsibleAIPolicyViolation", "content_filter_result": self.results}
        named = {"type": None, "param": "prompt", "code": self.code, "status": self.status, "innererror": inner}
        return {"error": {"message": self.message, **named}}


class ModelError(Refusal):
    """The models' own refusal of what was sent; most have no code, and are known by their words."""

    def __init__(self, message: str, *, param: str | None = None, named: str | None = None) -> None:
        super().__init__(400, named or "invalid_request_error", message)
        self.param = param
        self.named = named

    def render(self, now: datetime) -> dict[str, Any]:
        """OpenAI's envelope."""
        named = {"type": "invalid_request_error", "param": self.param, "code": self.named}
        return {"error": {"message": self.message, **named}}


class GatewayError(Refusal):
    """`{"statusCode": 401, "message": "…"}`: what stands before the models has an envelope of its own."""

    def render(self, now: datetime) -> dict[str, Any]:
        """The gateway's envelope."""
        return {"statusCode": self.status, "message": self.message}


def deployment_not_found() -> AzureError:
    """No deployment of that name, or not ready yet."""
    return AzureError(
        404,
        "DeploymentNotFound",
        "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, "
        "please wait a moment and try again.",
    )


def account_not_found() -> AzureError:
    """No account answers under this address; on Azure the host name would not resolve."""
    return AzureError(404, "404", "Resource not found")


def wrong_key() -> AzureError:
    """Neither key of the account, or no credentials at all."""
    return AzureError(
        401,
        "401",
        "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key "
        "for an active "
        "subscription and use a correct regional API endpoint for your resource.",
    )


def keys_disabled() -> AzureError:
    """The account takes tokens only."""
    return AzureError(403, "AuthenticationTypeDisabled", "Key based authentication is disabled for this resource.")


def bad_token() -> GatewayError:
    """The token is not for model calls, not ours, past its time, or of another tenant."""
    return GatewayError(
        401,
        "401",
        "Unauthorized. Access token is missing, invalid, audience is incorrect "
        "(https://cognitiveservices.azure.com), or have expired.",
    )


def permission_denied(caller: Caller, action: str, operation: str) -> AzureError:
    """No role gives the data action."""
    return AzureError(
        401,
        "PermissionDenied",
        f"The principal `{caller.object_id}` lacks the required data action `{action}` to perform "
        f"`{operation}` operation.",
    )


def unknown_api_version() -> AzureError:
    """No api-version at a dated address, or none that the service has had."""
    return AzureError(404, "404", "Resource not found")


def bad_request(message: str, param: str | None = None) -> ModelError:
    """The body cannot be answered."""
    return ModelError(message, param=param)


_OPERATIONS = {
    "chat/completions": ("ChatCompletions_Create", "chatCompletion"),
    "completions": ("Completions_Create", "completion"),
    "responses": ("Responses_Create", "responses"),
    "files": ("Files_Upload", "file"),
}


def rate_limited(call: Call, account: Resource, operation: str, *, kind: str, seconds: float) -> AzureError:
    """Too many requests (`call`) or tokens (`token`) in the window; it says when to ask again."""
    version = call.query.get("api-version")
    under = f"Azure OpenAI API version {version}" if version else "OpenAI Language Model Instance API"
    wait = max(1, math.ceil(seconds))
    return AzureError(
        429,
        "429",
        f"Requests to the {_OPERATIONS[operation][0]} Operation under {under} have exceeded {kind} rate limit of your "
        f"current {account.body.get('kind', 'OpenAI')} S0 pricing tier. Please retry after {wait} seconds. Please go "
        "here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.",
        headers={"retry-after": str(wait), "retry-after-ms": str(max(1, math.ceil(seconds * 1000)))},
    )


def deployment_paused(name: str) -> AzureError:
    """The deployment is paused; the words are ours."""
    return AzureError(423, "DeploymentPaused", f"The deployment '{name}' is paused. Resume it and try again.")


def model_retired(name: str) -> AzureError:
    """The model's base no longer serves; the words are ours."""
    return AzureError(410, "ModelRetired", f"The model '{name}' of this deployment is retired and no longer available.")


def operation_not_supported(operation: str, name: str) -> AzureError:
    """The model answers other operations."""
    return AzureError(
        400,
        "OperationNotSupported",
        f"The {_OPERATIONS[operation][1]} operation does not work with the specified model, {name}. Please choose "
        "different model and try again. You can learn more about which models can be used with each operation here: "
        "https://go.microsoft.com/fwlink/?linkid=2197993.",
    )


def fully_used(name: str, *, seconds: float) -> AzureError:
    """A provisioned deployment is above 100 %; the words are ours."""
    wait = max(1, math.ceil(seconds))
    return AzureError(
        429,
        "429",
        f"The provisioned deployment '{name}' is used completely. Please retry after {wait} seconds.",
        headers={"retry-after": str(wait), "retry-after-ms": str(max(1, math.ceil(seconds * 1000)))},
    )


def too_long(maximum: int, tokens: int) -> ModelError:
    """The prompt is longer than provisioned throughput takes."""
    return ModelError(
        f"This model's maximum context length is {maximum} tokens. However, your messages resulted in {tokens} tokens. "
        "Please reduce the length of the messages.",
        param="messages",
        named=TOO_LONG,
    )


def previous_response_not_found(response_id: str) -> ModelError:
    """The response to go on from was not kept."""
    return ModelError(
        f"Previous response with id '{response_id}' not found.",
        param="previous_response_id",
        named="previous_response_not_found",
    )


def response_not_found(response_id: str) -> AzureError:
    """No response of that id was kept."""
    return AzureError(404, "not_found", f"Response with id '{response_id}' not found.")
