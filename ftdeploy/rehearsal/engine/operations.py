"""Operations that change a stack, from taking its lock to its history entry."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ftdeploy.rehearsal.engine.backend import VERSION, Backend
from ftdeploy.rehearsal.engine.events import Events
from ftdeploy.rehearsal.engine.gate import Gate
from ftdeploy.rehearsal.engine.launch import Order, launch
from ftdeploy.rehearsal.engine.protocol import skip_sdk
from ftdeploy.rehearsal.engine.resource import get_package, is_provider_type
from ftdeploy.rehearsal.engine.snapshot import Snapshot

_PENDING_HINT = """
These resources are in an unknown state because the Pulumi CLI was interrupted while waiting for changes to these \
resources to complete. You should confirm whether or not the operations listed completed successfully by checking the \
state of the appropriate provider.

Once you have confirmed the status of the interrupted operations, you can repair your stack using `pulumi refresh` \
which will refresh the state from the provider you are using and clear the pending operations if there are any."""


@dataclass(kw_only=True)
class Operation:
    """One operation on one stack."""

    order: Order
    backend: Backend
    events: Events
    message: str = ""
    imports: Mapping[str, str] = field(default_factory=dict)
    is_clearing: bool = False
    gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        """Open the gate."""
        self.gate = Gate(self.order.parallel)


def preview(operation: Operation) -> bool:
    """Say what an update would do; whether it could."""
    return _run(operation, replace(operation.order, is_preview=True)) is not None


def up(operation: Operation) -> bool:
    """Preview, and update when there is something to do; whether all went well."""
    with operation.backend.lock():
        began = time.time()
        planned = _run(operation, replace(operation.order, is_preview=True))
        if planned is None:
            return False
        if not planned:
            return True
        operation.events.restart()
        return _record(operation, "update", began, lambda: _run(operation, operation.order) is not None)


def destroy(operation: Operation) -> bool:
    """Delete everything; whether all went well."""
    order = replace(operation.order, is_destroy=True, packs=())
    with operation.backend.lock():
        return _record(operation, "destroy", time.time(), lambda: _run(operation, order) is not None)


def refresh(operation: Operation) -> bool:
    """Read everything into the state; whether all went well."""
    with operation.backend.lock():
        return _record(operation, "refresh", time.time(), lambda: _refresh(operation))


def _run(operation: Operation, order: Order) -> bool | None:
    """Run the program once; whether it changes anything, None when it failed."""
    snapshot = Snapshot(operation.backend)
    started = launch(order, _list_packages(snapshot))
    skip_sdk()
    from ftdeploy.rehearsal.engine.run import run_program  # heavy, and the processes start meanwhile

    if not order.is_preview:
        _settle_interrupted(operation, snapshot)
    ending = run_program(started, snapshot=snapshot, events=operation.events, gate=operation.gate)
    if not order.is_preview:
        snapshot.close()
    if ending.result != "succeeded":
        return None
    return ending.has_changes or any(kind != "creating" for _, kind, _ in snapshot.list_pending())


def _refresh(operation: Operation) -> bool:
    snapshot = Snapshot(operation.backend)
    started = launch(replace(operation.order, packs=()), _list_packages(snapshot), has_program=False)
    skip_sdk()
    from ftdeploy.rehearsal.engine.refresh import Wishes, refresh_all  # heavy, and plugins start meanwhile

    wishes = Wishes(imports=operation.imports, is_clearing=operation.is_clearing)
    try:
        return refresh_all(started, wishes, snapshot=snapshot, events=operation.events, gate=operation.gate)
    finally:
        snapshot.close()


def _list_packages(snapshot: Snapshot) -> list[str]:
    providers = [each for each in snapshot.list_before() if is_provider_type(each.type)]
    return [get_package(each.type) for each in providers]


def _settle_interrupted(operation: Operation, snapshot: Snapshot) -> None:
    """Warn about what a killed update began; all but creates settle by being looked at again."""
    pending = snapshot.list_pending()
    if not pending:
        return
    lines = [
        f"Attempting to deploy or update resources with {len(pending)} pending operations from previous deployment."
    ]
    lines += [f"  * {each.urn}, interrupted while {kind}" for _, kind, each in pending]
    operation.events.tell("\n".join(lines) + _PENDING_HINT, severity="warning")
    for key, kind, _ in pending:
        if kind != "creating":
            snapshot.end(key)


def _record(operation: Operation, kind: str, began: float, act: Callable[[], bool]) -> bool:
    is_success = act()
    entry = {
        "kind": kind,
        "startTime": int(began),
        "message": operation.message,
        "environment": _describe_environment(operation.order.project.root),
        "config": {},
        "version": 0,
        "result": "succeeded" if is_success else "failed",
        "endTime": int(time.time()),
        "resourceChanges": dict(operation.events.changes),
    }
    operation.backend.record(entry, operation.backend.load(), nanoseconds=time.time_ns())
    return is_success


def _describe_environment(root: Path) -> dict[str, str]:
    machine = platform.machine()
    found = {
        "exec.kind": "cli",
        "pulumi.arch": {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine),
        "pulumi.os": platform.system().lower(),
        "pulumi.version": VERSION,
        "runtime.name": "python",
        "runtime.version": platform.python_version(),
    }
    return dict(sorted((found | _describe_commit(root)).items()))


def _describe_commit(root: Path) -> dict[str, str]:
    """The commit that is checked out; nothing outside of Git."""
    form = "%H%n%an%n%ae%n%cn%n%ce"
    head = _ask_git(root, "log", "-1", f"--format={form}")
    if not head:
        return {}
    names = ("git.head", "git.author", "git.author.email", "git.committer", "git.committer.email")
    found = dict(zip(names, head.split("\n"), strict=False))
    branch = _ask_git(root, "symbolic-ref", "-q", "HEAD")
    is_dirty = bool(_ask_git(root, "status", "--porcelain"))
    return found | ({"git.headName": branch} if branch else {}) | {"git.dirty": str(is_dirty).lower()}


def _ask_git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", os.fspath(root), *words], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
