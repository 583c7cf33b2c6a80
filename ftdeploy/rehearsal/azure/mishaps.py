"""What a fault does to the call that it strikes: refuse it, hold or lose its answer, or make what it begins fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from ftdeploy.rehearsal.azure.call import Call, Handler, Reply
from ftdeploy.rehearsal.azure.cognitiveservices.errors import request_conflict
from ftdeploy.rehearsal.azure.cognitiveservices.types import ACCOUNT_TYPE
from ftdeploy.rehearsal.azure.errors import AzureError, Refusal
from ftdeploy.rehearsal.azure.faults import Fault, Kind
from ftdeploy.rehearsal.azure.ids import parse_arm_path
from ftdeploy.rehearsal.azure.inference import errors as inference
from ftdeploy.rehearsal.azure.inference.answering import SPILLING_STATUSES
from ftdeploy.rehearsal.azure.operations import Failure
from ftdeploy.rehearsal.azure.resourcemanager import errors as resourcemanager
from ftdeploy.rehearsal.azure.tokens import BadToken

FAILURE = Failure(code="InternalServerError", message="An internal server error occurred. Please try again later.")
_WORDS = {
    Kind.INTERNAL: ("InternalServerError", "An internal server error occurred. Please try again later."),
    Kind.GATEWAY: ("BadGateway", "The gateway received no valid answer from the service behind it."),
    Kind.UNAVAILABLE: ("ServiceUnavailable", "The service is temporarily unavailable. Please try again later."),
    Kind.GATEWAY_TIMEOUT: (
        "GatewayTimeout",
        "The gateway did not receive a response within the specified time period.",
    ),
}


def spoil(handler: Handler, fault: Fault) -> Handler:
    """A handler that does what the fault wants instead of, or after, what the other would do."""

    def answer(call: Call) -> Reply:
        if fault.kind is Kind.SLOW:
            return replace(handler(call), delay_seconds=fault.seconds)
        if fault.kind in (Kind.TIME_OUT, Kind.RESET):
            done = handler(call) if fault.after else Reply()
            held_seconds = fault.seconds if fault.kind is Kind.TIME_OUT else 0.0
            return replace(done, delay_seconds=held_seconds, is_lost=True)
        if fault.kind is Kind.OPERATION_FAILS:
            with call.world.operations.failing(FAILURE):
                return handler(call)
        return _answer_struck(call, handler, _refuse(call, fault))

    return answer


def _answer_struck(call: Call, handler: Handler, refusal: Refusal) -> Reply:
    """A refusal; but a deployment's breakdown is its own, and another may answer instead."""
    if not (call.path.startswith("/accounts/") and refusal.status in SPILLING_STATUSES):
        raise refusal
    call.struck = refusal
    reply = handler(call)
    if call.struck is not None:
        raise refusal
    return reply


def _refuse(call: Call, fault: Fault) -> Refusal:
    if fault.kind is Kind.CONFLICT:
        path = parse_arm_path(call.path)
        return request_conflict(path.id if path.type == ACCOUNT_TYPE else path.parent)
    if fault.kind is Kind.THROTTLED:
        wait = {"Retry-After": str(max(1, round(fault.seconds))), "retry-after-ms": str(round(fault.seconds * 1000))}
        code = "429" if call.path.startswith("/accounts/") else "TooManyRequests"
        return AzureError(429, code, "Too many requests. Please try again later.", headers=wait)
    if fault.kind is Kind.EXPIRED_TOKEN:
        if call.path.startswith("/accounts/"):
            return inference.bad_token()
        now = call.world.clock.now().astimezone(UTC)
        return resourcemanager.bad_token(BadToken("expired", str(now.timestamp() - 1)), now)
    return AzureError(int(fault.kind), *_WORDS[fault.kind])
