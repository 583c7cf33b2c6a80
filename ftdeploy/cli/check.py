"""`ftdeploy check`: everything that is wrong with the files, before anything is touched."""

from __future__ import annotations

from typing import Annotated

import typer

from ftdeploy.cli.output import Json, print_data, print_json
from ftdeploy.cli.session import get_session


def check(
    context: typer.Context,
    stacks: Annotated[list[str] | None, typer.Argument(metavar="STACK", help="Stacks; all of them by default.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Say everything that is wrong with stacks, fleet and models."""
    from ftdeploy.report import check as report
    from ftdeploy.workflows.check import check_files

    session = get_session(context)
    checked = check_files(session.find_root(), stacks or (), today=session.today)
    counts = {"stack_count": checked.stack_count, "deployment_count": checked.deployment_count}
    if as_json:
        print_json(report.to_json(checked.problems, **counts))
    else:
        print_data(report.render_check(checked.problems, **counts))
    if not checked.has_passed:
        raise typer.Exit(1)
