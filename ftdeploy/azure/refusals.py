"""Azure's refusals in our words: what its code means, what to type, and whether another try can help."""

from __future__ import annotations

from dataclasses import dataclass

from ftdeploy.errors import Place, Problem, ServiceRefused

UNREACHABLE = "Unreachable"
"""Our code for what never reached Azure."""

_NOW = "another try can help"
_AFTER = "another try helps only after that"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What we wanted of Azure when it refused."""

    action: str
    """Such as `read the deployments of contoso-support-dev-swc`."""
    where: str
    """The account's id, or the address asked."""
    role: str = "Reader"
    """The smallest built-in role that allows the action."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a refusal means; `{role}` and `{where}` are filled from the attempt."""

    problem: str
    fix: str
    again: str


_NO_ROLE = _Meaning(
    "the signed-in principal has no role that allows it",
    "give it `{role}` on {where}, and wait up to 10 minutes until the role works",
    _AFTER,
)
_NO_TOKEN = _Meaning(
    "it does not accept the sign-in", "sign in again with `az login --tenant <the stack's tenant>`", _AFTER
)
_BUSY = _Meaning("it is throttling requests", "wait a minute and run the same command", _NOW)
_BROKEN = _Meaning("it failed inside", "wait a few minutes and run the same command", _NOW)
_NOT_HERE = _Meaning(
    "it does not exist", "bring the stack up with `pulumi up -s <stack>`, or correct the stack file", _AFTER
)

_BY_CODE = {
    "AuthorizationFailed": _NO_ROLE,
    "LinkedAuthorizationFailed": _NO_ROLE,
    "PermissionDenied": _NO_ROLE,
    "AuthenticationFailed": _NO_TOKEN,
    "InvalidAuthenticationToken": _NO_TOKEN,
    "ExpiredAuthenticationToken": _NO_TOKEN,
    "InvalidAuthenticationTokenAudience": _NO_TOKEN,
    "InvalidAuthenticationTokenTenant": _Meaning(
        "the sign-in is of another tenant than the subscription",
        "sign in with `az login --tenant <the stack's tenant>`; a managed identity stays in its own tenant",
        _AFTER,
    ),
    "SubscriptionNotFound": _Meaning(
        "the subscription does not exist, or the sign-in does not see it",
        "compare `subscription` in the stack file with `az account list`",
        _AFTER,
    ),
    "ResourceGroupNotFound": _NOT_HERE,
    "ParentResourceNotFound": _NOT_HERE,
    "ResourceNotFound": _NOT_HERE,
    "DeploymentNotFound": _Meaning(
        "the account has no such deployment, or it was made within the last 5 minutes",
        "wait 5 minutes after `pulumi up`, or compare the name with `ftdeploy idle <stack>`",
        _NOW,
    ),
    "DeploymentNotReady": _Meaning("the deployment does not answer yet", "wait 5 minutes and run it again", _NOW),
    "content_filter": _Meaning(
        "the question was stopped by the deployment's content filter",
        "word the question differently, or review `contentFilter` in the stack file",
        _AFTER,
    ),
    "context_length_exceeded": _Meaning("the question is too long for the model", "shorten the question", _AFTER),
    "TooManyRequests": _BUSY,
    "RequestConflict": _Meaning(
        "another operation is running on the account", "wait until it has ended and run the same command", _NOW
    ),
    "NotEmulated": _Meaning(
        "the rehearsal does not emulate this", "leave it out of the rehearsal, or run it against Azure", _AFTER
    ),
    "MissingSubscriptionRegistration": _Meaning(
        "the subscription has not registered the resource provider",
        "run `az provider register --namespace Microsoft.CognitiveServices`",
        _AFTER,
    ),
    UNREACHABLE: _Meaning(
        "it could not be reached", "check network, proxy and certificates (`SSL_CERT_FILE`) to {where}", _NOW
    ),
}

_BY_STATUS = {
    401: _NO_TOKEN,
    403: _NO_ROLE,
    404: _NOT_HERE,
    408: _BROKEN,
    410: _Meaning("the model is retired", "deploy a model whose base is still served", _AFTER),
    423: _Meaning("the deployment is paused", "resume it in Azure", _AFTER),
    429: _BUSY,
}
_UNKNOWN = _Meaning(
    "ftdeploy does not know this code", "look the code up, or run the command again with `ftdeploy --verbose`", _AFTER
)


def explain_refusal(attempt: Attempt, *, status: int | None, code: str | None) -> ServiceRefused:
    """A refusal as it is told.

    Args:
        attempt: what was wanted.
        status: the HTTP status; None when there was no answer.
        code: Azure's code, such as `AuthorizationFailed`; empty or None when the answer had none.
    """
    meaning = _find_meaning(status, code)
    named = " ".join(str(each) for each in (status, code) if each and each != UNREACHABLE)
    problem = f"Azure did not {attempt.action}: {meaning.problem}{f' ({named})' if named else ''}"
    fix = meaning.fix.format(role=attempt.role, where=attempt.where)
    where = Place(name=attempt.where)
    return ServiceRefused((Problem(problem=problem, where=where, fix=f"{fix}; {meaning.again}"),))


def _find_meaning(status: int | None, code: str | None) -> _Meaning:
    if code in _BY_CODE:
        return _BY_CODE[code]
    if status is None:
        return _BY_CODE[UNREACHABLE]
    broken = _BROKEN if status >= 500 else _UNKNOWN  # noqa: PLR2004 every status from 500 on
    return _BY_STATUS.get(status, broken)
