"""`ftdeploy cost`: what stacks cost, by list prices."""

from __future__ import annotations

from typing import Annotated

import typer

from ftdeploy.cli.output import Json, print_json, print_table, tell
from ftdeploy.cli.session import AsOf, get_session, read_day


def cost(
    context: typer.Context,
    stacks: Annotated[list[str] | None, typer.Argument(metavar="STACK", help="Stacks; all of them by default.")] = None,
    *,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Add up what deployments, accounts and stacks cost in a month."""
    from ftdeploy.report import cost as report
    from ftdeploy.workflows.cost import price_stacks

    session = get_session(context)
    costs = price_stacks(session.find_root(), stacks or (), today=read_day(as_of) or session.today)
    if as_json:
        print_json(report.to_json(costs))
    else:
        print_table(report.build_table(costs))
        tell(report.render_remarks(costs))
