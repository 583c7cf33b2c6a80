"""`ftdeploy check`: everything that is wrong with the files, before anything is touched."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ftdeploy.cli.output import Json, print_data, print_json
from ftdeploy.cli.session import AsOf, get_session, read_day


class Format(StrEnum):
    """How findings are told."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def check(
    context: typer.Context,
    stacks: Annotated[list[str] | None, typer.Argument(metavar="STACK", help="Stacks; all of them by default.")] = None,
    *,
    as_of: AsOf = None,
    form: Annotated[
        Format, typer.Option("--format", help="For people, programs, code scanning, or a GitHub workflow's log.")
    ] = Format.TEXT,
    as_json: Json = False,
) -> None:
    """Say everything that is wrong with stacks, fleet and models."""
    from ftdeploy.domain.rules import RULES
    from ftdeploy.report import check as report
    from ftdeploy.report import github, sarif
    from ftdeploy.workflows.check import check_files

    session = get_session(context)
    checked = check_files(session.find_root(), stacks or (), today=read_day(as_of) or session.today)
    counts = {"stack_count": checked.stack_count, "deployment_count": checked.deployment_count}
    if as_json or form is Format.JSON:
        print_json(report.to_json(checked.problems, **counts))
    elif form is Format.SARIF:
        print_json(sarif.to_sarif(checked.problems, RULES))
    elif form is Format.GITHUB:
        print_data(github.render_check(checked.problems, **counts))
    else:
        print_data(report.render_check(checked.problems, **counts))
    if not checked.has_passed:
        raise typer.Exit(1)
