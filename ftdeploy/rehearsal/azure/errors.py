"""Refusals: what a handler raises to answer with an error; in Resource Manager's envelope unless a provider has one.

Refusal          an answer that is an error
└── AzureError   {"error": {"code", "message"}}; Resource Manager and the model endpoints
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any


class Refusal(Exception):
    """An answer that is an error; subclasses give the body its shape."""

    def __init__(self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def render(self, now: datetime) -> dict[str, Any]:
        """The body of the answer; some say when it was given."""
        raise NotImplementedError


class AzureError(Refusal):
    """`{"error": {"code": "ResourceNotFound", "message": "…"}}`."""

    def render(self, now: datetime) -> dict[str, Any]:
        """Resource Manager's envelope."""
        return {"error": {"code": self.code, "message": self.message}}


def not_emulated(what: str) -> AzureError:
    """The emulator's own refusal, never Azure's: it names what is missing here."""
    return AzureError(501, "NotEmulated", f"The rehearsal does not emulate {what}.")


def unreadable_body(reason: str) -> AzureError:
    """The body is not JSON, or not the shape that the resource has."""
    return AzureError(
        400, "InvalidRequestContent", f"The request content was invalid and could not be deserialized: '{reason}'."
    )
