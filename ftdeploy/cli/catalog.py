"""`ftdeploy catalog`: the figures about Azure that everything here goes by."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import click

from ftdeploy.cli.output import print_json, print_table, tell
from ftdeploy.cli.session import Session
from ftdeploy.cli.words import Group, as_of_option, json_option, read_day

if TYPE_CHECKING:
    from ftdeploy.domain.stacks import Stack
    from ftdeploy.workflows.catalog import Refreshed

_kinds_argument = click.argument(
    "kinds", metavar="[KIND]...", nargs=-1, help="Such as ptu_sizes or offers; all of them by default."
)


@click.group(cls=Group)
def catalog() -> None:
    """Show, compare and refresh the figures about Azure."""


@catalog.command()
@_kinds_argument
@as_of_option
@json_option
@click.pass_obj
def show(session: Session, kinds: tuple[str, ...], *, as_of: date | None, as_json: bool) -> None:
    """List figures as they hold on a day, each with its source."""
    from ftdeploy.report import catalog as report
    from ftdeploy.workflows.catalog import show_figures

    figures = show_figures(session.find_root(), kinds, as_of=as_of or session.today)
    if as_json:
        print_json(report.figures_to_json(figures))
    else:
        print_table(report.build_figures(figures))


@catalog.command()
@_kinds_argument
@click.option("--since", metavar="DATE", callback=read_day, required=True, help="The earlier day.")
@as_of_option
@json_option
@click.pass_obj
def diff(session: Session, kinds: tuple[str, ...], *, since: date, as_of: date | None, as_json: bool) -> None:
    """List what changed since a day."""
    from ftdeploy.report import catalog as report
    from ftdeploy.workflows.catalog import compare_days

    later = as_of or session.today
    changes = compare_days(session.find_root(), kinds, since=since, as_of=later)
    if as_json:
        print_json(report.changes_to_json(changes))
    elif changes:
        print_table(report.build_changes(changes))
    else:
        tell(f"nothing changed between {since} and {later}")


@catalog.command()
@click.option(
    "--days", type=click.IntRange(min=1), default=180, show_default=True, help="Without a comparison for so long."
)
@json_option
@click.pass_obj
def stale(session: Session, *, days: int, as_json: bool) -> None:
    """List what nobody compared with its page for long; exit code 1 where there is something."""
    from ftdeploy.report import catalog as report
    from ftdeploy.workflows.catalog import find_stale

    found = find_stale(session.find_root(), today=session.today, days=days)
    if as_json:
        print_json(report.stale_to_json(found))
    elif found:
        print_table(report.build_stale(found))
    else:
        tell(f"everything was compared with its page within {days} days")
    if found:
        raise click.exceptions.Exit(1)


@catalog.command()
@click.argument("stack", help="Its subscription and regions are asked about.")
@json_option
@click.pass_obj
def refresh(session: Session, stack: str, *, as_json: bool) -> None:
    """Write Azure's sizes and ends of models of today into catalog.lock.yaml, where they are not the catalogue's."""
    from ftdeploy.report import catalog as report
    from ftdeploy.workflows.check import load_wanted

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
