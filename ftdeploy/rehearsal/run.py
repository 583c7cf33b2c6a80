"""One operation on one stack: start the engine, follow what it tells, say what came of it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import IO

from ftdeploy.rehearsal.ahead import Fork, start_engine
from ftdeploy.rehearsal.asking import find_last_request, find_now, list_assumed
from ftdeploy.rehearsal.engines import Order, get_command, get_pulumi_path, list_embedded_words, prepare_pulumi
from ftdeploy.rehearsal.environment import get_deployer_environment
from ftdeploy.rehearsal.events import Telling, follow_events
from ftdeploy.rehearsal.pretend_azure import wait_for_pretend_azure
from ftdeploy.rehearsal.progress import Progress
from ftdeploy.rehearsal.result import Result
from ftdeploy.rehearsal.session import Session
from ftdeploy.state.checkpoint import load_checkpoint

_Running = Fork | subprocess.Popen[bytes]

_ECHOES = ("an unhandled error occurred: program exited", "preview failed", "update failed", "destroy failed")
"""Beginnings of errors that only say that there were errors."""


def run_operation(session: Session, order: Order, progress: Progress) -> Result:
    """Carry out `order`; the first interrupt ends it cleanly, the second at once.

    Raises:
        ServiceRefused: the pretend Azure does not start.
    """
    began = time.monotonic()
    runs = session.world.folder / "runs"
    runs.mkdir(exist_ok=True)
    stem = f"{order.stack}-{order.operation}-{os.getpid()}-{time.time_ns()}"
    order = replace(order, event_log=runs / f"{stem}.pipe")
    os.mkfifo(runs / f"{stem}.pipe")
    last_request = find_last_request(wait_for_pretend_azure(session.world))
    with (runs / f"{stem}.txt").open("w+", encoding="utf-8") as said:
        engine = _start_engine(session, order, said)
        telling = _follow(engine, order, progress)
        code = engine.wait()
        said.seek(0)
        if code and not telling.errors and not telling.violations:
            words = "\n".join(telling.asides) or said.read().strip()
            telling.errors.append(words or f"the engine ended with {code} and said nothing")
        telling.exit_code = _get_exit_code(code, telling)
        telling.seconds = round(time.monotonic() - began, 2)
    return _conclude(session, order, telling, after=last_request)


def _start_engine(session: Session, order: Order, said: IO[str]) -> _Running:
    world = session.world
    now = find_now(session.address)
    environment = get_deployer_environment(world, session.address, session.scenario, now=now)
    if session.engine.is_embedded:
        words = list_embedded_words(world, order)
        return start_engine(words, environment=environment, folder=world.root, output=Path(said.name))
    prepare_pulumi(world, session.project, order.stack)
    environment["PULUMI_RUN_PROGRAM"] = str(order.operation == "destroy").lower()  # whose hooks retry deletes
    environment["PATH"] = get_pulumi_path(session.engine, environment)
    return subprocess.Popen(
        get_command(session.engine, world, order),
        env=environment,
        cwd=world.root,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        start_new_session=True,
    )


def _follow(engine: _Running, order: Order, progress: Progress) -> Telling:
    telling = Telling()
    if order.event_log is None:
        engine.wait()
        return telling
    with _forward_interrupts(engine, progress):
        record = order.event_log.with_suffix(".events.json")
        for event in follow_events(order.event_log, record, lambda: engine.poll() is not None):
            line = None if event is None else telling.take(event)
            if line is not None:
                progress.tell(line)
            progress.tick(telling)
    order.event_log.unlink()
    progress.end()
    return telling


@contextmanager
def _forward_interrupts(engine: _Running, progress: Progress) -> Iterator[None]:
    """The engine sits in a session of its own, so that it hears of an interrupt once, from us."""
    heard = 0

    def forward(_signal: int, _frame: FrameType | None) -> None:
        nonlocal heard
        heard += 1
        progress.tell("stopping: what runs now ends first; interrupt again to stop at once")
        engine.send_signal(signal.SIGINT if heard == 1 else signal.SIGKILL)

    before = signal.signal(signal.SIGINT, forward)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _conclude(session: Session, order: Order, telling: Telling, *, after: int) -> Result:
    return Result(
        operation=order.operation,
        stack=order.stack,
        engine=session.engine.title,
        exit_code=telling.exit_code,
        seconds=telling.seconds,
        changes=telling.changes,
        operations=telling.operations or telling.planned,
        violations=telling.violations,
        errors=[each for each in telling.errors if not each.startswith(_ECHOES)] or telling.errors,
        outputs=load_checkpoint(session.world.backend, session.project, order.stack).outputs,
        assumed=list_assumed(session.address, after=after),
    )


def _get_exit_code(returned: int, telling: Telling) -> int:
    if returned == 0:
        return 0
    return 3 if any(each.has_failed for each in telling.operations) else 1
