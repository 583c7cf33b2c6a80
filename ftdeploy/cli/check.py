"""`ftdeploy check`: everything that is wrong with the files, before anything is touched."""

from __future__ import annotations

from datetime import date

import click

from ftdeploy.cli.output import print_data, print_json
from ftdeploy.cli.session import Session
from ftdeploy.cli.words import as_of_option, json_option, stacks_argument


@click.command
@stacks_argument
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "sarif", "github")),
    default="text",
    show_default=True,
    help="For people, programs, code scanning, or a GitHub workflow's log.",
)
@json_option
@click.pass_obj
def check(session: Session, stacks: tuple[str, ...], *, as_of: date | None, form: str, as_json: bool) -> None:
    """Say everything that is wrong with stacks, fleet and models."""
    from ftdeploy.domain.rules import RULES
    from ftdeploy.report import check as report
    from ftdeploy.report import github, sarif
    from ftdeploy.workflows.check import check_files

    checked = check_files(session.find_root(), stacks, today=as_of or session.today)
    counts = {"stack_count": checked.stack_count, "deployment_count": checked.deployment_count}
    if as_json or form == "json":
        print_json(report.to_json(checked.problems, **counts))
    elif form == "sarif":
        print_json(sarif.to_sarif(checked.problems, RULES))
    elif form == "github":
        print_data(github.render_check(checked.problems, **counts))
    else:
        print_data(report.render_check(checked.problems, **counts))
    if not checked.has_passed:
        raise click.exceptions.Exit(1)
