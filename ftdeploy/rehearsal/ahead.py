"""The embedded engine's process, started before the command line is read: it imports what it needs meanwhile."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_ENGINE = "ftdeploy.rehearsal.engine"
_SDK = "pulumi_azure_native"
_FOR_PROGRAM = (
    *("pulumi", "pulumi.runtime", "pulumi_policy", f"{_ENGINE}.operations", f"{_ENGINE}.run"),
    *(f"{_SDK}.authorization", f"{_SDK}.cognitiveservices", f"{_SDK}.resources"),
    *("ftdeploy.catalog.read:read_all", "ftdeploy.catalog.load", "ftdeploy.files.load", "ftdeploy.domain.rules"),
)
"""The engine's own, and what its forks import anyway: four of them, program and pack in preview and update."""
_FOR_STATE = (f"{_ENGINE}.children:skip_sdk", f"{_ENGINE}.operations", f"{_ENGINE}.refresh")
_NEEDS = dict.fromkeys(("up", "preview", "destroy"), _FOR_PROGRAM) | dict.fromkeys(("refresh", "import"), _FOR_STATE)
"""Operation to what the engine imports for it, as `waiting` takes it."""
_waiting: dict[str, subprocess.Popen[bytes]] = {}
"""The process that waits, by the operation that it is ready for; one that is told nothing ends when we do."""


def start_ahead(words: Sequence[str]) -> None:
    """Start an engine that waits, where the words of a command look as if it will be needed."""
    operation = next((each for each in words if each in _NEEDS), None)
    if operation is not None and "--help" not in words and ("embedded" in words or not _finds_pulumi()):
        _waiting[operation] = _start(operation)
        atexit.register(end_waiting)


def end_waiting() -> None:
    """End what waits in vain: it has begun nothing."""
    while _waiting:
        _, engine = _waiting.popitem()
        engine.kill()
        engine.communicate()


def _finds_pulumi() -> bool:
    return any(os.access(Path(each, "pulumi"), os.X_OK) for each in os.get_exec_path())


def _start(operation: str) -> subprocess.Popen[bytes]:
    is_traced = "TRACEPARENT" in os.environ  # then the SDK must not be imported where programs are forked from
    needs = () if is_traced or sys.platform != "linux" else _NEEDS.get(operation, ())
    command = [sys.executable, "-m", "ftdeploy.rehearsal.waiting", *needs]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


def start_engine(
    words: Sequence[str], *, environment: Mapping[str, str], folder: Path, output: Path
) -> subprocess.Popen[bytes]:
    """The embedded engine at work: the one that waits where it is ready for this operation, else a new one.

    Args:
        words: of the engine's command line, the operation first.
        environment: of the engine and all that it starts.
        folder: where it runs.
        output: what it says is appended to this file.
    """
    engine = _waiting.pop(words[0], None) or _start(words[0])
    told = {"module": _ENGINE, "words": list(words), "environment": dict(environment)}
    with engine.stdin as stdin:  # type: ignore[union-attr]  # a pipe
        stdin.write(json.dumps(told | {"folder": str(folder), "output": str(output)}).encode())
    return engine
