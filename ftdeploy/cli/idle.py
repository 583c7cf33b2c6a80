"""`ftdeploy idle`: which deployments nobody calls, and from when on Azure may delete them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from ftdeploy.cli.output import print_json, print_table, tell
from ftdeploy.cli.session import Session
from ftdeploy.cli.words import json_option, stack_argument

if TYPE_CHECKING:
    from ftdeploy.domain.observations import Sighting
    from ftdeploy.domain.stacks import Stack


@click.command
@stack_argument
@json_option
@click.pass_obj
def idle(session: Session, stack: str, *, as_json: bool) -> None:
    """List age and last call of a stack's deployments.

    A deployment older than 15 days that had no calls for 15 days is deletable. All fine-tuned deployments of the
    stack's accounts are listed, also those that its file does not name.
    """
    from ftdeploy.report import idle as report
    from ftdeploy.workflows.check import load_wanted

    wanted = load_wanted(session.find_root(), stack, today=session.today)
    sightings = asyncio.run(_watch(wanted, session))
    if as_json:
        print_json(report.to_json(stack, sightings))
    else:
        print_table(report.build_table(sightings))
        tell(report.render_remarks(sightings))


async def _watch(wanted: Stack, session: Session) -> tuple[Sighting, ...]:
    from ftdeploy.workflows.connections import open_azure
    from ftdeploy.workflows.idle import watch_stack

    async with open_azure(wanted, session.metadata_host) as azure, azure.open_metrics() as metrics:
        return await watch_stack(wanted, accounts=azure.accounts, calls=metrics, now=session.now)
