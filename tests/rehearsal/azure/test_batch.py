"""The batch API refuses what Azure's refuses, in an envelope."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ftdeploy.rehearsal.azure.monitor.batch import AUDIENCE
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import (
    ACCOUNT,
    FOREIGN_SUBSCRIPTION,
    GROUP,
    IDLE_ACCOUNT,
    PIPELINE,
    READER,
    SUBSCRIPTION,
    TRAINING_ACCOUNT,
)

QUERY = {
    "metricnamespace": "Microsoft.CognitiveServices/accounts",
    "metricnames": "AzureOpenAIRequests",
    "api-version": "2024-02-01",
}


def ask(
    pretend: Pretend, body: Any, *, subscription: str = SUBSCRIPTION, token: str = "", **query: str
) -> httpx.Response:
    address = f"/metrics/swedencentral/subscriptions/{subscription}/metrics:getBatch"
    headers = {"Authorization": f"Bearer {token or pretend.get_token(AUDIENCE)}"}
    return pretend.http.post(address, params=QUERY | query, json=body, headers=headers)


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ({"resourceIds": [ACCOUNT]}, {}),
        ({"resourceids": []}, {}),
        ({"resourceids": [TRAINING_ACCOUNT]}, {}),
        ({"resourceids": [GROUP]}, {}),
        ({"resourceids": [f"{ACCOUNT}-none"]}, {}),
        ({"resourceids": [ACCOUNT]}, {"metricnamespace": ""}),
        ({"resourceids": [ACCOUNT]}, {"metricnames": "Nothing"}),
        ({"resourceids": [ACCOUNT]}, {"interval": "PT7M"}),
    ],
)
def test_bad_query_is_refused(pretend: Pretend, body: Any, query: dict[str, str]) -> None:
    answer = ask(pretend, body, **query)

    assert (answer.status_code, get_code(answer)) == (400, "BadRequest")


def test_token_is_verified(pretend: Pretend) -> None:
    body = {"resourceids": [ACCOUNT]}

    answers = [
        ask(pretend, body, token="none"),
        ask(pretend, body, subscription="none"),
        ask(pretend, body, subscription=FOREIGN_SUBSCRIPTION),
    ]

    codes = ["InvalidAuthenticationToken", "SubscriptionNotFound", "InvalidAuthenticationTokenTenant"]
    assert [get_code(each) for each in answers] == codes


def test_reader_may_and_who_has_no_role_may_not(pretend: Pretend) -> None:
    body = {"resourceids": [IDLE_ACCOUNT]}
    roles = pretend.get(f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments").json()
    for each in roles["value"]:
        if each["properties"]["principalId"] == PIPELINE["objectId"]:
            pretend.world.resources.delete(each["id"])

    assert ask(pretend, body).status_code == 403
    assert ask(pretend.as_(READER), body).status_code == 200
