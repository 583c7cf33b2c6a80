"""`ftdeploy idle`: which deployments nobody calls, and from when on Azure may delete them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from ftdeploy.cli.output import Json, print_json, print_table, tell
from ftdeploy.cli.session import Session, get_session

if TYPE_CHECKING:
    from ftdeploy.domain.observations import Sighting
    from ftdeploy.domain.stacks import Stack


def idle(
    context: typer.Context,
    stack: Annotated[str, typer.Argument(metavar="STACK", help="A stack's name: stacks/<STACK>.yaml.")],
    *,
    as_json: Json = False,
) -> None:
    """List age and last call of a stack's deployments.

    A deployment older than 15 days that had no calls for 15 days is deletable. All fine-tuned deployments of the
    stack's accounts are listed, also those that its file does not name.
    """
    from ftdeploy.report import idle as report
    from ftdeploy.workflows.check import load_wanted

    session = get_session(context)
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
