"""`ftdeploy promote`: a model goes to a stage, as one commit."""

from __future__ import annotations

import click

from ftdeploy.cli.output import print_data, print_json
from ftdeploy.cli.session import Session
from ftdeploy.cli.words import json_option


@click.command
@click.argument("model", help="The model as stack files name it, such as support-bot@7c1f9a2b41d0.")
@click.option("--to", "stage", metavar="STAGE", required=True, help="A stage of fleet.yaml.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Show the edits and make none.")
@json_option
@click.pass_obj
def promote(session: Session, model: str, *, stage: str, is_dry: bool, as_json: bool) -> None:
    """Bring a model to a stage, as one commit.

    Every deployment of that stage which runs another model of the same name gets it: one scalar each.
    """
    from ftdeploy.report import promotion as report
    from ftdeploy.workflows.connections import open_commits
    from ftdeploy.workflows.promote import commit_edits, compose_message, plan_edits

    root = session.find_root()
    edits = plan_edits(root, model, stage=stage, today=session.today)
    commit = ""
    if edits and not is_dry:
        message = compose_message(edits, stage=stage)
        committer = open_commits(root, session.environment)
        commit = commit_edits(root, edits, message=message, today=session.today, committer=committer)
    told = report.Told(model=model, stage=stage, edits=edits, commit=commit)
    if as_json:
        print_json(report.to_json(told))
    else:
        print_data(report.render_promotion(told))
