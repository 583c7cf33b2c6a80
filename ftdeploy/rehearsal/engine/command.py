"""The command line: `OPERATION --project DIR --stack NAME --backend DIR --plugin NAME=VERSION=EXECUTABLE …`.

Exit code 0 when all went well, 1 when not, 2 when the command line is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.engine import operations
from ftdeploy.rehearsal.engine.backend import Backend, get_version, tell_seconds
from ftdeploy.rehearsal.engine.events import Events
from ftdeploy.rehearsal.engine.failures import EngineError, Refusal
from ftdeploy.rehearsal.engine.gate import Gate
from ftdeploy.rehearsal.engine.guarded import end_with_parent
from ftdeploy.rehearsal.engine.launch import Order, Plugin
from ftdeploy.rehearsal.engine.operation import Operation
from ftdeploy.rehearsal.engine.project import Project, load_project
from ftdeploy.rehearsal.engine.resource import ROOT_TYPE
from ftdeploy.rehearsal.engine.snapshot import Snapshot

_PARTS = (operations.preview, operations.up, operations.destroy, operations.refresh)
_RUNNING = {each.__name__: each for each in _PARTS} | {"import": operations.refresh}
_ALL = (*_RUNNING, "cancel", "export", "output", "history")


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one operation; its exit code."""
    end_with_parent()
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # its core writes to stderr when a program it talked to ends
    os.environ.update(no_grpc_proxy="127.0.0.1")
    arguments = _make_parser().parse_intermixed_args(words)
    try:
        project = load_project(arguments.project, arguments.config_file)
        backend = Backend(folder=arguments.backend.resolve(), project=project.name, stack=arguments.stack)
        if arguments.operation in _RUNNING:
            return _run(arguments, project, backend)
        text = _read(arguments, backend)
    except EngineError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    sys.stdout.write(text)
    return 0


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ftdeploy.rehearsal.engine", description="The embedded engine.")
    parser.add_argument("operation", choices=_ALL)
    parser.add_argument("name", nargs="?", help="of one output")
    parser.add_argument("--project", type=Path, required=True, help="the folder of Pulumi.yaml")
    parser.add_argument("--stack", required=True)
    parser.add_argument("--backend", type=Path, required=True, help="the folder of Pulumi's file backend")
    parser.add_argument("--plugin", type=_parse_plugin, action="append", default=[], help="NAME=VERSION=EXECUTABLE")
    parser.add_argument("--policy-pack", type=Path, action="append", default=[])
    parser.add_argument("--policy-pack-config", type=Path, action="append", default=[], help="JSON, one a pack")
    parser.add_argument("--target", action="append", default=[], help="URN: nothing else is changed")
    parser.add_argument("--target-replace", action="append", default=[], help="URN: replaced, and nothing else changed")
    parser.add_argument("--config-file", type=Path)
    parser.add_argument("--event-log", type=Path)
    parser.add_argument("--parallel", type=int, default=16)
    parser.add_argument("--file", type=Path, help="of `import`: what exists, as in Pulumi's import files")
    parser.add_argument("--import-pending-create", nargs=2, action="append", default=[], metavar=("URN", "ID"))
    parser.add_argument("--clear-pending-creates", action="store_true")
    parser.add_argument("--json", action="store_true", help="JSON of Pulumi's own shape")
    return parser


def _parse_plugin(text: str) -> Plugin:
    return Plugin(*text.split("=", 2))


def _list_packs(arguments: argparse.Namespace) -> tuple[tuple[Path, dict[str, Any]], ...]:
    folders, files = arguments.policy_pack, arguments.policy_pack_config
    if len(files) not in {0, len(folders)}:
        raise EngineError('there must be as many "--policy-pack-config" flags as "--policy-pack" flags')
    settings = [json.loads(each.read_text(encoding="utf-8")) for each in files] or [{}] * len(folders)
    return tuple((folder.resolve(), each) for folder, each in zip(folders, settings, strict=True))


def _run(arguments: argparse.Namespace, project: Project, backend: Backend) -> int:
    if (arguments.operation == "import") is not (arguments.file is not None):
        raise Refusal("imports without --file, nor --file without them")
    if (arguments.target or arguments.target_replace) and arguments.operation not in {"up", "preview"}:
        raise Refusal(f"targets of {arguments.operation}")
    about: dict[str, Any] = {"project": project, "stack": arguments.stack, "parallel": arguments.parallel}
    targets, replaces = frozenset(arguments.target), frozenset(arguments.target_replace)
    plugins, packs = tuple(arguments.plugin), _list_packs(arguments)
    order = Order(**about, plugins=plugins, packs=packs, targets=targets | replaces, replaces=replaces)
    events = Events(arguments.event_log)
    operation = Operation(order=order, backend=backend, events=events, gate=Gate(order.parallel))
    operation.imports, operation.import_file = dict(arguments.import_pending_create), arguments.file
    operation.is_clearing = arguments.clear_pending_creates
    _hear_interrupts(operation)
    try:
        is_success = _RUNNING[arguments.operation](operation)
    finally:
        events.close()
    if arguments.json:
        sys.stdout.write(json.dumps(events.render_digest(), indent=4, ensure_ascii=False) + "\n")
    return 0 if is_success else 1


def _hear_interrupts(operation: Operation) -> None:
    """Let an interrupt stop what has not begun; a thread tells, because the main thread may hold what it needs."""

    def stop() -> None:
        operation.gate.cancel()
        operation.events.tell("interrupted: what runs now ends, nothing new begins", severity="debug")

    def hear(_signal: int, _frame: object) -> None:
        if operation.gate.is_cancelled:
            os._exit(130)  # asked twice: what runs is left to itself, and the lock stays
        threading.Thread(target=stop).start()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, hear)


def _read(arguments: argparse.Namespace, backend: Backend) -> str:
    if arguments.operation == "cancel":
        backend.cancel()
        snapshot = Snapshot(backend)
        if snapshot.is_folded:
            snapshot.close()
        return f"The currently running update for '{backend.stack}' has been canceled!\n"
    if arguments.operation == "export":
        return _render_export(backend) + "\n"
    if arguments.operation == "output":
        return _render_outputs(backend, arguments.name, as_json=arguments.json) + "\n"
    entries = backend.list_history()
    told = [each | {key: tell_seconds(each[key]) for key in ("startTime", "endTime")} for each in entries]
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"  # as `pulumi stack history --json` prints it


def _render_export(backend: Backend) -> str:
    """The stack's state, the journal of a killed update included, as `pulumi stack export` prints it."""
    latest = Snapshot(backend).to_latest()
    return json.dumps(get_version(latest) | {"deployment": latest}, indent=4, ensure_ascii=False)


def _render_outputs(backend: Backend, name: str | None, *, as_json: bool) -> str:
    """The stack's outputs, or one of them, as `pulumi stack output --json` prints them; one text as it is.

    Raises:
        EngineError: there is no output of that name.
    """
    resources = Snapshot(backend).to_latest().get("resources") or ()
    outputs = next((each.get("outputs") or {} for each in resources if each["type"] == ROOT_TYPE), {})
    if name is None:
        return json.dumps(outputs, indent=2, ensure_ascii=False)
    if name not in outputs:
        raise EngineError(f"current stack does not have output property '{name}'")
    value = outputs[name]
    return value if isinstance(value, str) and not as_json else json.dumps(value, indent=2)
