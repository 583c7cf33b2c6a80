from __future__ import annotations

import asyncio
from dataclasses import replace

from ftdeploy.domain.observations import DeletedAccount
from ftdeploy.domain.stacks import NewAccount
from ftdeploy.workflows.purge import find_deleted, purge_deleted
from tests.workflows.wanted import build_account, build_stack


class FakeAzure:
    """Keeps `deleted`, and remembers what was purged."""

    def __init__(self, *deleted):
        self.deleted = deleted
        self.purged = []

    async def list_deleted(self):
        return self.deleted

    async def purge(self, deleted):
        self.purged.append(deleted)


def build_own_account():
    place = {"name": "contoso", "resource_group": "g", "region": "swedencentral"}
    new = NewAccount(**place, kind="OpenAI", public_network_access="Enabled")
    return replace(build_account("support-bot"), new=new)


def build_deleted(**parts):
    account = replace(build_account().id, **parts)
    return DeletedAccount(id=account, region="swedencentral", deleted_at=None, purge_at=None)


def test_only_the_stacks_own_accounts_are_found():
    own, other = build_deleted(name="Contoso"), build_deleted(name="fabrikam")

    found = asyncio.run(find_deleted(build_stack(build_own_account()), FakeAzure(own, other)))

    assert found == (own,)


def test_existing_account_is_never_purged():
    assert asyncio.run(find_deleted(build_stack(build_account()), FakeAzure(build_deleted()))) == ()


def test_found_ones_are_purged_in_their_order():
    azure, found = FakeAzure(), (build_deleted(name="a"), build_deleted(name="b"))

    asyncio.run(purge_deleted(found, azure))

    assert azure.purged == list(found)
