"""Operations that change a stack, from taking its lock to its history entry."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ftdeploy.rehearsal.engine.backend import VERSION
from ftdeploy.rehearsal.engine.launch import Launch, Order, launch
from ftdeploy.rehearsal.engine.operation import Operation
from ftdeploy.rehearsal.engine.resource import get_package, is_provider_type
from ftdeploy.rehearsal.engine.snapshot import Snapshot

_PENDING_HINT = """
Confirm whether they completed; `pulumi refresh` reads their state from the provider and clears them."""


def preview(operation: Operation) -> bool:
    """Say what an update would do; whether it could."""
    return _run(operation, *_launch(operation, replace(operation.order, is_preview=True))) is not None


def up(operation: Operation) -> bool:
    """Preview, and update when there is something to do; whether all went well."""
    with operation.backend.lock():
        began = time.time()
        # The update's processes start while the preview runs.
        first, second = _launch(operation, replace(operation.order, is_preview=True), operation.order)
        planned = _run(operation, first)
        if not planned:
            second.kill()
            return planned is not None
        return _record(operation, "update", began, lambda: _run(operation, second) is not None)


def destroy(operation: Operation) -> bool:
    """Delete everything; whether all went well."""
    with operation.backend.lock():
        (started,) = _launch(operation, replace(operation.order, is_destroy=True, packs=()))
        return _record(operation, "destroy", time.time(), lambda: _run(operation, started) is not None)


def refresh(operation: Operation) -> bool:
    """Read everything into the state, or what is to be imported; whether all went well."""
    with operation.backend.lock():
        kind = "refresh" if operation.import_file is None else "resource-import"
        return _record(operation, kind, time.time(), lambda: _run_without_program(operation))


def _launch(operation: Operation, *orders: Order, has_program: bool = True) -> list[Launch]:
    """Start the processes of some runs, a plugin's for each provider that is recorded among them."""
    recorded = [each.type for each in Snapshot(operation.backend).list_before() if is_provider_type(each.type)]
    return launch(orders, [*map(get_package, recorded)], has_program=has_program)


def _run(operation: Operation, started: Launch) -> bool | None:
    """Run the program once; whether it changes anything, None when it failed."""
    snapshot, order = Snapshot(operation.backend), started.order
    from ftdeploy.rehearsal.engine.run import run_program  # heavy, and the processes start meanwhile

    if not order.is_preview:
        _settle_interrupted(operation, snapshot)
    has_changes = run_program(started, operation, snapshot)
    if not order.is_preview:
        snapshot.close()
    if has_changes is None:
        return None
    return has_changes or any(kind != "creating" for _, kind, _ in snapshot.list_pending())


def _run_without_program(operation: Operation) -> bool:
    snapshot = Snapshot(operation.backend)
    (started,) = _launch(operation, replace(operation.order, packs=()), has_program=False)
    from ftdeploy.rehearsal.engine.refresh import run_without_program  # heavy, and plugins start meanwhile

    try:
        return run_without_program(started, operation, snapshot)
    finally:
        snapshot.close()


def _settle_interrupted(operation: Operation, snapshot: Snapshot) -> None:
    """Warn about what a killed update began; all but creates settle by being looked at again."""
    pending = snapshot.list_pending()
    if not pending:
        return
    text = f"Attempting to deploy or update resources with {len(pending)} pending operations from previous deployment."
    lines = [text, *(f"  * {each.urn}, interrupted while {kind}" for _, kind, each in pending)]
    operation.events.tell("\n".join(lines) + _PENDING_HINT, severity="warning")
    for key, kind, _ in pending:
        if kind != "creating":
            snapshot.end(key)


def _describe_commit(root: Path) -> dict[str, str]:
    """The Git commit that an update deploys, and whether files differ from it; nothing outside a repository."""
    if shutil.which("git") is None:
        return {}
    asked = ["git", "-C", str(root), "status", "--porcelain=v2", "--branch"]
    lines = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines()
    facts = dict(line.removeprefix("# branch.").split(" ", 1) for line in lines if line.startswith("# branch."))
    if "oid" not in facts:
        return {}
    is_dirty = any(not line.startswith("#") for line in lines)
    name = f"refs/heads/{facts['head']}"
    return {"git.head": facts["oid"], "git.headName": name, "git.dirty": str(is_dirty).lower()}


def _record(operation: Operation, kind: str, began: float, act: Callable[[], bool]) -> bool:
    is_success = act()
    made_by = {"exec.kind": "cli", "pulumi.version": VERSION} | _describe_commit(operation.order.project.root)
    entry = {"kind": kind, "message": "", "environment": made_by, "config": {}, "version": 0}
    entry |= {"startTime": int(began), "endTime": int(time.time()), "result": "succeeded" if is_success else "failed"}
    entry["resourceChanges"] = dict(operation.events.changes)
    operation.backend.record(entry, operation.backend.load(), nanoseconds=time.time_ns())
    return is_success
