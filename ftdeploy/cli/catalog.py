"""`ftdeploy catalog`: the figures about Azure that everything here goes by."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from ftdeploy.cli.output import Json, print_json, print_table, tell
from ftdeploy.cli.session import AsOf, Session, get_session, read_day

if TYPE_CHECKING:
    from ftdeploy.domain.stacks import Stack
    from ftdeploy.workflows.catalog import Refreshed

catalog = typer.Typer(
    name="catalog",
    help="Show, compare and refresh the figures about Azure.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Kinds = Annotated[
    list[str] | None, typer.Argument(metavar="KIND", help="Such as ptu_sizes or offers; all of them by default.")
]


@catalog.command()
def show(context: typer.Context, kinds: Kinds = None, *, as_of: AsOf = None, as_json: Json = False) -> None:
    """List figures as they hold on a day, each with its source."""
    from ftdeploy.report import catalog as report
    from ftdeploy.workflows.catalog import show_figures

    session = get_session(context)
    figures = show_figures(session.find_root(), kinds or (), as_of=read_day(as_of) or session.today)
    if as_json:
        print_json(report.figures_to_json(figures))
    else:
        print_table(report.build_figures(figures))


@catalog.command()
def diff(
    context: typer.Context,
    kinds: Kinds = None,
    *,
    since: Annotated[str, typer.Option(metavar="DATE", help="The earlier day.", show_default=False)],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """List what changed since a day."""
    from ftdeploy.report import catalog as report
    from ftdeploy.workflows.catalog import compare_days

    session = get_session(context)
    later, earlier = read_day(as_of) or session.today, read_day(since) or session.today
    changes = compare_days(session.find_root(), kinds or (), since=earlier, as_of=later)
    if as_json:
        print_json(report.changes_to_json(changes))
    elif changes:
        print_table(report.build_changes(changes))
    else:
        tell(f"nothing changed between {earlier} and {later}")


@catalog.command()
def stale(
    context: typer.Context,
    *,
    days: Annotated[int, typer.Option(min=1, help="Without a comparison for so long.")] = 180,
    as_json: Json = False,
) -> None:
    """List what nobody compared with its page for long; exit code 1 where there is something."""
    from ftdeploy.report import catalog as report
    from ftdeploy.workflows.catalog import find_stale

    session = get_session(context)
    found = find_stale(session.find_root(), today=session.today, days=days)
    if as_json:
        print_json(report.stale_to_json(found))
    elif found:
        print_table(report.build_stale(found))
    else:
        tell(f"everything was compared with its page within {days} days")
    if found:
        raise typer.Exit(1)


@catalog.command()
def refresh(
    context: typer.Context,
    stack: Annotated[str, typer.Argument(metavar="STACK", help="Its subscription and regions are asked about.")],
    *,
    as_json: Json = False,
) -> None:
    """Write Azure's sizes and ends of models of today into catalog.lock.yaml, where they are not the catalogue's."""
    from ftdeploy.report import catalog as report
    from ftdeploy.workflows.check import load_wanted

    session = get_session(context)
    wanted = load_wanted(session.find_root(), stack, today=session.today)
    refreshed = asyncio.run(_refresh(wanted, session))
    if as_json:
        print_json({"regions": refreshed.regions, "changes": report.changes_to_json(refreshed.changes)})
        return
    if refreshed.changes:
        print_table(report.build_changes(refreshed.changes))
    tell(f"asked about {', '.join(refreshed.regions) or 'no region'}: {len(refreshed.changes)} figures changed")


async def _refresh(wanted: Stack, session: Session) -> Refreshed:
    from ftdeploy.workflows.catalog import refresh_lock
    from ftdeploy.workflows.connections import open_azure

    async with open_azure(wanted, session.metadata_host) as azure:
        return await refresh_lock(
            session.find_root(),
            wanted,
            accounts=azure.accounts,
            offerings=azure.list_offerings,
            today=session.today,
        )
