"""`ftdeploy promote`: a model goes to a stage, as one commit."""

from __future__ import annotations

from typing import Annotated

import typer

from ftdeploy.cli.output import Json, print_data, print_json
from ftdeploy.cli.session import get_session


def promote(
    context: typer.Context,
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="The model as stack files name it, such as support-bot@7c1f9a2b41d0.")
    ],
    *,
    stage: Annotated[str, typer.Option("--to", metavar="STAGE", help="A stage of fleet.yaml.")],
    is_dry: Annotated[bool, typer.Option("--dry-run", help="Show the edits and make none.")] = False,
    as_json: Json = False,
) -> None:
    """Bring a model to a stage, as one commit.

    Every deployment of that stage which runs another model of the same name gets it: one scalar each.
    """
    from ftdeploy.report import promotion as report
    from ftdeploy.workflows.connections import open_commits
    from ftdeploy.workflows.promote import commit_edits, compose_message, plan_edits

    session = get_session(context)
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
