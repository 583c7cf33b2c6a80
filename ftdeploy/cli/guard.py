"""`ftdeploy guard`: whether an update may take away what it would."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ftdeploy.cli.output import print_data, print_json
from ftdeploy.cli.session import Session
from ftdeploy.cli.words import PATH, json_option


@click.command
@click.argument("preview", type=PATH, required=False, help="What `pulumi preview --json` printed; or stdin.")
@json_option
@click.pass_obj
def guard(session: Session, preview: Path | None, *, as_json: bool) -> None:
    """Refuse an update that takes away what must stay."""
    from ftdeploy.files.documents import read_bytes
    from ftdeploy.report import guard as report
    from ftdeploy.workflows.guard import guard_preview

    name = "stdin" if preview is None else str(preview)
    data = sys.stdin.buffer.read() if preview is None else read_bytes(preview, name)
    text = data.decode("utf-8", errors="replace")
    guarded = guard_preview(session.find_root(), text, name=name, today=session.today)
    if as_json:
        print_json(report.to_json(guarded.problems, stack=guarded.stack, loss_count=guarded.loss_count))
    else:
        print_data(report.render_guard(guarded.problems, stack=guarded.stack, loss_count=guarded.loss_count))
    if not guarded.has_passed:
        raise click.exceptions.Exit(1)
