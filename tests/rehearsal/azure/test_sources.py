"""Models of other accounts: within the tenant by right of the one token, across tenants by a second one."""

from __future__ import annotations

import httpx
import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import (
    ACCOUNT,
    FOREIGN_ACCOUNT,
    FOREIGN_MODEL,
    OTHER_TENANT,
    TENANT,
    TRAINED_MODEL,
    TRAINING_ACCOUNT,
    build_deployment,
)


@pytest.mark.parametrize("key", ["source", "sourceAccount"])
def test_account_of_the_tenant_needs_one_token(pretend: Pretend, key: str) -> None:
    response = pretend.deploy(model=TRAINED_MODEL, **{key: TRAINING_ACCOUNT})

    assert response.status_code == 201
    assert response.json()["properties"]["model"][key] == TRAINING_ACCOUNT


@pytest.mark.parametrize("tenants", [(OTHER_TENANT,), (TENANT, OTHER_TENANT), (OTHER_TENANT, TENANT)])
def test_account_of_another_tenant_needs_its_token_at_any_place(pretend: Pretend, tenants: tuple[str, ...]) -> None:
    assert _deploy_foreign(pretend.also_in(*tenants)).status_code == 201


def test_account_of_another_tenant_without_its_token_is_refused(pretend: Pretend) -> None:
    response = _deploy_foreign(pretend.also_in(TENANT))

    assert (response.status_code, get_code(response)) == (403, "LinkedAuthorizationFailed")
    assert f"the current tenant '{TENANT}' is not authorized" in response.json()["error"]["message"]


def test_expired_auxiliary_token_counts_as_none(pretend: Pretend) -> None:
    foreign = pretend.in_(OTHER_TENANT).get_token()
    pretend.pass_seconds(4000)

    response = pretend.ask(
        "PUT",
        f"{ACCOUNT}/deployments/bot",
        build_deployment(FOREIGN_MODEL, sourceAccount=FOREIGN_ACCOUNT),
        **{"x-ms-authorization-auxiliary": f"Bearer {foreign}"},
    )

    assert get_code(response) == "LinkedAuthorizationFailed"


def test_model_that_the_source_does_not_hold_is_refused(pretend: Pretend) -> None:
    response = pretend.deploy(model=FOREIGN_MODEL, source=TRAINING_ACCOUNT)

    assert get_code(response) == "DeploymentModelNotSupported"
    assert f"Name: {FOREIGN_MODEL}, Version: 1, Source: {TRAINING_ACCOUNT}" in response.json()["error"]["message"]


def test_source_in_no_known_subscription_is_refused(pretend: Pretend) -> None:
    nowhere = TRAINING_ACCOUNT.replace("22222222", "99999999")

    assert get_code(pretend.deploy(model=TRAINED_MODEL, source=nowhere)) == "LinkedAuthorizationFailed"


def _deploy_foreign(pretend: Pretend) -> httpx.Response:
    return pretend.deploy(model=FOREIGN_MODEL, sku="ProvisionedManaged", capacity=50, sourceAccount=FOREIGN_ACCOUNT)
