"""Purge what a stack's destruction left behind: accounts that Azure keeps, deleted, under their names."""

from __future__ import annotations

from typing import Protocol

from ftdeploy.domain.observations import DeletedAccount
from ftdeploy.domain.stacks import Stack


class Purger(Protocol):
    """Whoever knows deleted accounts: Resource Manager."""

    async def list_deleted(self) -> tuple[DeletedAccount, ...]:
        """The subscription's deleted accounts."""

    async def purge(self, deleted: DeletedAccount) -> None:
        """Purge one; nothing brings it back."""


async def find_deleted(stack: Stack, accounts: Purger) -> tuple[DeletedAccount, ...]:
    """The deleted accounts that the stack's file names as its own to create; those of others are never among them.

    Raises:
        ServiceRefused: Azure refused, or could not be reached.
    """
    own = [each.id for each in stack.accounts if each.new is not None]
    return tuple(each for each in await accounts.list_deleted() if any(each.id.is_same(mine) for mine in own))


async def purge_deleted(deleted: tuple[DeletedAccount, ...], accounts: Purger) -> None:
    """Purge them, one after the other.

    Raises:
        ServiceRefused: Azure refused one; those before it are purged.
    """
    for each in deleted:
        await accounts.purge(each)
