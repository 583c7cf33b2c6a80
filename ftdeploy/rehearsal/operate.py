"""One operation as a person meets it: what was killed before is cleared up, and what came of it is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from ftdeploy.rehearsal.engines import Order
from ftdeploy.rehearsal.progress import Progress, render_assumed, render_result
from ftdeploy.rehearsal.result import Result
from ftdeploy.rehearsal.run import run_operation
from ftdeploy.rehearsal.session import Session


def operate(
    session: Session, order: Order, *, as_json: bool = False, recover: bool = False, record: Path | None = None
) -> int:
    """Carry out `order`, say what came of it, write it down where that is wanted, and give the exit code."""
    write_down = None if record is None else _begin_recording(session, record)
    progress = Progress()
    cleared = _clear_up(session, order.stack, progress) if recover else None
    if cleared is not None and not cleared.is_success:
        click.echo(render_result(cleared), err=True)
        return cleared.exit_code
    result = run_operation(session, order, progress)
    strays = _tell(session, result)
    if write_down is not None:
        write_down(result)
    if as_json:
        click.echo(json.dumps(result.to_json() | {"strays": strays}, indent=2))
    return result.exit_code


def _begin_recording(session: Session, path: Path) -> Callable[[Result], None]:
    from ftdeploy.rehearsal.record import begin_recording, write_record

    recording = begin_recording(session, path)
    return lambda result: write_record(recording, session, result)


def _clear_up(session: Session, stack: str, progress: Progress) -> Result | None:
    from ftdeploy.rehearsal.recovery import recover

    return recover(session, stack, progress)


def _tell(session: Session, result: Result) -> list[str]:
    """Say what came of it; gives the ids of what a killed update left behind."""
    strays: list[str] = []
    click.echo(render_result(result), err=True)
    if not result.is_success:
        from ftdeploy.rehearsal.recovery import find_wreck, render_wreck

        wreck = find_wreck(session, result.stack)
        if wreck is not None:
            click.echo(render_wreck(wreck), err=True)
            strays += wreck.strays
    click.echo(render_assumed(result.assumed), err=True)
    return strays
