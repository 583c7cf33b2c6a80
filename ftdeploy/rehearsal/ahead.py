"""The embedded engine's process, wanted before the command line is read: what it needs is imported meanwhile.

On Linux it is a fork of the fork server, which the first command starts and the next ones find.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

LINGER_SECONDS = 30.0
"""Ours: who works at a stack comes back within it, and then waits for no import."""
_START_SECONDS = 20.0
"""Ours: the fork server listens after 0.03 s; a machine under load takes longer."""
_NEEDING = ("up", "preview", "destroy", "refresh", "import", "tour")
"""Commands that run an engine."""
_PACKAGE = Path(__file__).parents[1]
_NAMESPACES = Path("/proc/self/ns")
"""Of Linux: another container with the same files has others."""


class Fork:
    """An engine that the fork server forked for us, with what `subprocess.Popen` offers of it."""

    def __init__(self, server: socket.socket) -> None:
        """Take over the connection on which the engine was asked for."""
        self._server = server
        self._answers = server.makefile("rb")
        self.pid = int(self._answers.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, as of a process that `subprocess` started; None while it runs."""
        if self.returncode is None and select.select([self._server], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self) -> int:
        """Its exit code, once it has one."""
        if self.returncode is None:
            self.returncode = int(self._answers.readline() or -signal.SIGKILL)  # a killed server's forks end with it
            self._answers.close()
            self._server.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def is_own(peer: socket.socket) -> bool:
    """Whether the other end of a Unix socket is a process of the same user."""
    _, user, _ = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return bool(user == os.getuid())


def start_ahead(words: Sequence[str]) -> None:
    """See that a fork server runs where the words of a command look as if an engine will be needed."""
    is_embedded = "embedded" in words or not _finds_pulumi()
    if is_embedded and "--help" not in words and any(each in _NEEDING for each in words) and _is_safe():
        server = _connect()
        if server is None:
            _start_server()
        else:
            server.close()


def start_engine(
    words: Sequence[str], *, environment: Mapping[str, str], folder: Path, output: Path
) -> Fork | subprocess.Popen[bytes]:
    """The embedded engine at work: a fork of the fork server where that is safe, else a process.

    Args:
        words: of the engine's command line, the operation first.
        environment: of the engine and all that it starts.
        folder: where it runs.
        output: what it says is appended to this file.
    """
    server = _reach_server() if _is_safe() else None
    if server is not None:
        told = {"words": list(words), "environment": dict(environment), "folder": str(folder), "output": str(output)}
        with contextlib.suppress(OSError, ValueError):  # it ended just now, and has forked nothing
            server.sendall(json.dumps(told).encode() + b"\n")
            return Fork(server)
        server.close()
    command = [sys.executable, "-m", "ftdeploy.rehearsal.engine", *words]
    with output.open("ab") as said:
        standard: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": said}
        return subprocess.Popen(command, env=environment, cwd=folder, start_new_session=True, **standard)


def _finds_pulumi() -> bool:
    return any(os.access(Path(each, "pulumi"), os.X_OK) for each in os.get_exec_path())


def _is_safe() -> bool:
    """Linux forks safely what uses the system's libraries; a traced SDK starts a thread, which a fork would lose."""
    return sys.platform == "linux" and _NAMESPACES.exists() and "TRACEPARENT" not in os.environ


def _reach_server() -> socket.socket | None:
    """A connection to the fork server of this code, which is started where it does not run; None where it ends."""
    server, deadline = _connect(), time.monotonic() + _START_SECONDS
    while server is None and time.monotonic() < deadline:
        has_ended = _start_server().poll() is not None
        time.sleep(0.005)
        server = _connect()
        if has_ended:
            break
    return server


@cache
def _start_server() -> subprocess.Popen[bytes]:
    """Started once; it ends at once where another was quicker."""
    command = [sys.executable, "-P", "-m", "ftdeploy.rehearsal.forkserver", _name_server(), str(LINGER_SECONDS)]
    standard: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    return subprocess.Popen(command, start_new_session=True, **standard)


def _connect() -> socket.socket | None:
    server = socket.socket(socket.AF_UNIX)
    with contextlib.suppress(OSError):
        server.connect(f"\0{_name_server()}")
        if is_own(server):
            return server
    server.close()
    return None


@cache
def _name_server() -> str:
    """Another name for other code, other packages, another Python or another container, so that a fork is as we are."""
    os.umask(umask := os.umask(0o077))
    variables = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("PYTHON")]
    namespaces = [str(each.readlink()) for each in sorted(_NAMESPACES.iterdir())]
    folders = sys.path[1:]  # the first is that of the script
    packages = [Path(each) for each in folders if each.endswith("-packages")]
    installed = [str(each.stat().st_mtime_ns) for each in packages if each.exists()]
    said = [f"{os.getuid()} {umask}", sys.executable, sys.version, *variables, *namespaces, *folders, *installed]
    said += _list_stamps(_PACKAGE)
    return f"ftdeploy-{hashlib.sha256(os.fsencode(os.pathsep.join(said))).hexdigest()[:32]}"


def _list_stamps(folder: Path | str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _list_stamps(entry.path)
        else:
            yield f"{entry.path} {entry.stat().st_mtime_ns}"
