"""`ftdeploy guard`: whether an update may take away what it would."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ftdeploy.cli.output import Json, print_data, print_json
from ftdeploy.cli.session import get_session


def guard(
    context: typer.Context,
    preview: Annotated[
        Path | None, typer.Argument(metavar="PREVIEW", help="What `pulumi preview --json` printed; or stdin.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Refuse an update that takes away what must stay."""
    from ftdeploy.files.documents import read_bytes
    from ftdeploy.report import guard as report
    from ftdeploy.workflows.guard import guard_preview

    session = get_session(context)
    name = "stdin" if preview is None else str(preview)
    data = sys.stdin.buffer.read() if preview is None else read_bytes(preview, name)
    text = data.decode("utf-8", errors="replace")
    guarded = guard_preview(session.find_root(), text, name=name, today=session.today)
    if as_json:
        print_json(report.to_json(guarded.problems, stack=guarded.stack, loss_count=guarded.loss_count))
    else:
        print_data(report.render_guard(guarded.problems, stack=guarded.stack, loss_count=guarded.loss_count))
    if not guarded.has_passed:
        raise typer.Exit(1)
