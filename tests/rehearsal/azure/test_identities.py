"""Managed identities are known to the directory while they exist."""

from __future__ import annotations

import httpx
import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP

IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/who?api-version=2023-01-31"
READER_ROLE = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def assign(pretend: Pretend, principal: str) -> httpx.Response:
    """Give a role to a principal whose kind Azure has to find."""
    place = f"{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000077"
    definition = (
        f"{GROUP.partition('/resourceGroups')[0]}/providers/Microsoft.Authorization/roleDefinitions/{READER_ROLE}"
    )
    return pretend.put(place, {"properties": {"roleDefinitionId": definition, "principalId": principal}})


@pytest.fixture
def made(pretend: Pretend) -> dict:
    return pretend.put(IDENTITY, {"location": "swedencentral"}).json()["properties"]


def test_identity_keeps_its_ids(pretend: Pretend, made: dict) -> None:
    changed = pretend.put(IDENTITY, {"location": "swedencentral", "tags": {"a": "b"}})

    assert changed.status_code == 200
    assert changed.json()["properties"] == made
    assert len({made["principalId"], made["clientId"], made["tenantId"]}) == 3


def test_identity_gets_a_role_until_it_is_gone(pretend: Pretend, made: dict) -> None:
    given = assign(pretend, made["principalId"])
    pretend.delete(IDENTITY)
    pretend.delete(given.json()["id"])

    assert given.status_code == 201
    assert get_code(assign(pretend, made["principalId"])) == "PrincipalNotFound"


def test_identity_of_an_account_gets_a_role(pretend: Pretend) -> None:
    body = {**pretend.get(ACCOUNT).json(), "identity": {"type": "SystemAssigned"}}
    account = pretend.put(ACCOUNT, body).json()

    assert assign(pretend, account["identity"]["principalId"]).status_code == 201
