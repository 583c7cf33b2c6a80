from __future__ import annotations

import pytest

from ftdeploy.azure.refusals import UNREACHABLE, Attempt, explain_refusal

ATTEMPT = Attempt(
    action="count the calls of contoso-dev", where="/subscriptions/1/…/contoso-dev", role="Monitoring Reader"
)


def test_missing_role_names_the_role_and_when_it_works():
    assert str(explain_refusal(ATTEMPT, status=403, code="AuthorizationFailed")) == (
        "/subscriptions/1/…/contoso-dev\n"
        "error: Azure did not count the calls of contoso-dev: "
        "the signed-in principal has no role that allows it (403 AuthorizationFailed)\n"
        "hint: give it `Monitoring Reader` on /subscriptions/1/…/contoso-dev, "
        "and wait up to 10 minutes until the role works; another try helps only after that"
    )


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (401, "InvalidAuthenticationTokenTenant", "another tenant than the subscription"),
        (401, "PermissionDenied", "has no role"),
        (401, "Unauthorized", "does not accept the sign-in"),
        (403, None, "has no role"),
        (404, "SubscriptionNotFound", "the subscription does not exist"),
        (404, "ResourceGroupNotFound", "it does not exist"),
        (404, "DeploymentNotFound", "within the last 5 minutes"),
        (410, "", "retired"),
        (423, "", "paused"),
        (429, "RateLimitReached", "throttling"),
        (400, "content_filter", "content filter"),
        (409, "RequestConflict", "another operation is running"),
        (501, "NotEmulated", "does not emulate"),
        (500, "InternalServerError", "failed inside"),
        (None, UNREACHABLE, "could not be reached"),
        (418, "Teapot", "does not know this code (418 Teapot)"),
    ],
    ids=lambda value: str(value).replace(" ", "-") if value else "none",
)
def test_code_or_status_is_explained(status, code, said):
    problem = explain_refusal(ATTEMPT, status=status, code=code).problems[0]

    assert said in problem.problem
    assert "another try" in problem.fix


@pytest.mark.parametrize(("status", "again"), [(429, "can help"), (503, "can help"), (403, "only after that")])
def test_fix_says_whether_another_try_can_help(status, again):
    assert explain_refusal(ATTEMPT, status=status, code=None).problems[0].fix.endswith(again)
