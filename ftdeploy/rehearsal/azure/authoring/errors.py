"""The authoring API's refusals: its own error codes in the usual envelope.

The codes are those of azure-rest-api-specs cognitiveservices/data-plane/AzureOpenAI/authoring 2024-10-21, ErrorCode.
Which HTTP status belongs to a code, and the words where no source is named, are ours.
"""

from __future__ import annotations

import json

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.errors import AzureError


def invalid_payload(message: str) -> AzureError:
    """What was sent cannot be used for this."""
    return AzureError(400, "invalidPayload", message)


def not_found(kind: str, name: str) -> AzureError:
    """The account has nothing of that id."""
    return AzureError(404, "notFound", f"The {kind} '{name}' does not exist.")


def unexpected_state(message: str) -> AzureError:
    """It is not in a state in which this can be done."""
    return AzureError(409, "unexpectedEntityState", message)


def conflict(message: str) -> AzureError:
    """Something else that exists forbids it."""
    return AzureError(409, "conflict", message)


def quota_exceeded(message: str) -> AzureError:
    """The account holds as many as it may."""
    return AzureError(400, "quotaExceeded", message)


def read_payload(call: Call) -> Json:
    """The body.

    Raises:
        AzureError: 400; it is not a JSON object.
    """
    try:
        found = json.loads(call.body)
    except ValueError as error:
        raise invalid_payload("The request body is not valid JSON.") from error
    if not isinstance(found, dict):
        raise invalid_payload("The request body is not a JSON object.")
    return found
