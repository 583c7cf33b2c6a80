from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError, ServiceRequestError
from azure.mgmt.cognitiveservices import models

from ftdeploy.azure.accounts import Accounts
from ftdeploy.domain.observations import AccountState, DeletedAccount, DeploymentState
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.errors import ServiceRefused

ID = AccountId(subscription="s", resource_group="g", name="contoso")


class FakeClient:
    """Answers every read with `answer`, or raises it; stands in for the management client."""

    def __init__(self, answer):
        self.answer = answer
        self.accounts = self.deployments = self.deleted_accounts = self

    async def get(self, *_names):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def list(self, *_names):
        for each in [await self.get()] if isinstance(self.answer, Exception) else self.answer:
            yield each

    async def begin_purge(self, *names):
        self.purged = names
        await self.get()
        return self

    async def result(self):
        return None


def refuse(status, code, kind=HttpResponseError):
    error = kind(message="library text")
    error.status_code, error.error = status, SimpleNamespace(code=code)
    return error


def find(answer):
    return asyncio.run(Accounts(FakeClient(answer), "s").find_account(ID))


def list_deployments(answer):
    return asyncio.run(Accounts(FakeClient(answer), "s").list_deployments(ID))


def test_account_tells_region_and_endpoint():
    found = models.Account(location="swedencentral", properties=models.AccountProperties())
    found.properties.endpoint = "https://contoso.openai.azure.com/"

    assert find(found) == AccountState(id=ID, region="swedencentral", endpoint="https://contoso.openai.azure.com/")


@pytest.mark.parametrize("code", ["ResourceNotFound", "ResourceGroupNotFound"])
def test_missing_account_is_none(code):
    assert find(refuse(404, code, ResourceNotFoundError)) is None


def test_missing_subscription_is_an_error():
    with pytest.raises(ServiceRefused, match="the subscription does not exist"):
        find(refuse(404, "SubscriptionNotFound", ResourceNotFoundError))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (refuse(403, "AuthorizationFailed"), "(403 AuthorizationFailed)"),
        (refuse(429, "TooManyRequests"), "(429 TooManyRequests)"),
        (ServiceRequestError("library text"), "it could not be reached"),
    ],
    ids=["no-role", "throttled", "unreachable"],
)
def test_refusal_is_told_in_our_words(error, said):
    with pytest.raises(ServiceRefused) as caught:
        list_deployments(error)

    assert str(caught.value).startswith(f"{ID}\nerror: Azure did not list the deployments of contoso: ")
    assert said in str(caught.value)
    assert "library text" not in str(caught.value)


def test_deployments_come_by_name_with_their_age():
    created = datetime(2026, 11, 1, tzinfo=UTC)
    model = models.DeploymentModel(name="gpt-4o-mini-2024-07-18.ft-1")
    full = models.Deployment(sku=models.Sku(name="Standard"), properties=models.DeploymentProperties(model=model))
    full.name, full.system_data = "b", models.SystemData(created_at=created)
    bare = models.Deployment()
    bare.name = "a"

    assert list_deployments([full, bare]) == (
        DeploymentState(name="a", model="", sku="", created_at=None),
        DeploymentState(name="b", model="gpt-4o-mini-2024-07-18.ft-1", sku="Standard", created_at=created),
    )


def build_deleted(account_id):
    found = models.Account(properties=models.AccountProperties())
    found.id = account_id
    found.properties.deletion_date, found.properties.scheduled_purge_date = "2026-11-26T10:00:00Z", "soon"
    return found


def test_deleted_accounts_come_with_their_times():
    kept = "/subscriptions/s/providers/Microsoft.CognitiveServices/locations/swedencentral/resourceGroups/g"
    answer = [build_deleted(f"{kept}/deletedAccounts/contoso"), build_deleted("/subscriptions/s/elsewhere")]

    found = asyncio.run(Accounts(FakeClient(answer), "s").list_deleted())

    deleted_at = datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert found == (DeletedAccount(id=ID, region="swedencentral", deleted_at=deleted_at, purge_at=None),)


def test_purge_waits_for_its_end():
    client = FakeClient(None)

    asyncio.run(
        Accounts(client, "s").purge(DeletedAccount(id=ID, region="swedencentral", deleted_at=None, purge_at=None))
    )

    assert client.purged == ("swedencentral", "g", "contoso")


def test_refused_purge_names_the_role():
    deleted = DeletedAccount(id=ID, region="swedencentral", deleted_at=None, purge_at=None)

    with pytest.raises(ServiceRefused, match="Cognitive Services Contributor"):
        asyncio.run(Accounts(FakeClient(refuse(403, "AuthorizationFailed")), "s").purge(deleted))
