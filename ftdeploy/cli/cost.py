"""`ftdeploy cost`: what stacks cost, by list prices."""

from __future__ import annotations

from datetime import date

import click

from ftdeploy.cli.output import print_json, print_table, tell
from ftdeploy.cli.session import Session
from ftdeploy.cli.words import as_of_option, json_option, stacks_argument


@click.command
@stacks_argument
@as_of_option
@json_option
@click.pass_obj
def cost(session: Session, stacks: tuple[str, ...], *, as_of: date | None, as_json: bool) -> None:
    """Add up what deployments, accounts and stacks cost in a month."""
    from ftdeploy.report import cost as report
    from ftdeploy.workflows.cost import price_stacks

    costs = price_stacks(session.find_root(), stacks, today=as_of or session.today)
    if as_json:
        print_json(report.to_json(costs))
    else:
        print_table(report.build_table(costs))
        tell(report.render_remarks(costs))
