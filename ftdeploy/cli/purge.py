"""`ftdeploy purge`: free the names and the provisioned capacity that deleted accounts still hold."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from ftdeploy.cli.output import print_data, print_json
from ftdeploy.cli.session import Session
from ftdeploy.cli.words import json_option, stack_argument

if TYPE_CHECKING:
    from ftdeploy.domain.observations import DeletedAccount
    from ftdeploy.domain.stacks import Stack


@click.command
@stack_argument
@click.option("--yes", "is_sure", is_flag=True, help="Purge them; it cannot be undone.")
@json_option
@click.pass_obj
def purge(session: Session, stack: str, *, is_sure: bool, as_json: bool) -> None:
    """List or purge the deleted accounts of a stack.

    Azure keeps a deleted account for 48 hours: its name is taken, and provisioned deployments in it are billed.
    """
    from ftdeploy.report import purge as report
    from ftdeploy.workflows.check import load_wanted

    wanted = load_wanted(session.find_root(), stack, today=session.today)
    deleted = asyncio.run(_purge(wanted, session, is_sure=is_sure))
    if as_json:
        print_json(report.to_json(stack, deleted, is_purged=is_sure))
    else:
        print_data(report.render_deleted(stack, deleted, is_purged=is_sure))


async def _purge(wanted: Stack, session: Session, *, is_sure: bool) -> tuple[DeletedAccount, ...]:
    from ftdeploy.workflows.connections import open_azure
    from ftdeploy.workflows.purge import find_deleted, purge_deleted

    async with open_azure(wanted, session.metadata_host) as azure:
        deleted = await find_deleted(wanted, azure.accounts)
        if is_sure:
            await purge_deleted(deleted, azure.accounts)
    return deleted
