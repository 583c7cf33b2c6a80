"""The model endpoints' refusals, in Azure's words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ftdeploy.rehearsal.azure.errors import AzureError, Refusal
from ftdeploy.rehearsal.azure.tokens import Caller


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


def missing_api_version() -> AzureError:
    """The path with a deployment in it needs an api-version; v1 does not."""
    return AzureError(404, "404", "Resource not found")


def bad_request(message: str) -> AzureError:
    """The body is not a chat."""
    return AzureError(400, "invalid_request_error", message)
