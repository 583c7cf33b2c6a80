"""A process that has imported what engines, programs, packs and plugins import, and forks an engine for each command.

`python -P -m ftdeploy.rehearsal.forkserver NAME SECONDS` listens on the abstract Unix socket of that name, on Linux,
and ends when nothing was asked for so long. A request is a line of JSON, `{"words": […], "environment": {…},
"folder": …, "output": …}`; it is answered by lines with the engine's process id and, at its end, its exit code. Who
goes away before that takes the engine along.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import time
from dataclasses import dataclass
from typing import Any, NoReturn

from ftdeploy.rehearsal.ahead import is_own
from ftdeploy.rehearsal.engine.guarded import go_on

_ENGINE = "ftdeploy.rehearsal.engine"
_SDK = "pulumi_azure_native"
_FOR_STATE = ("pulumi.runtime", f"{_ENGINE}.command", f"{_ENGINE}.refresh", "ftdeploy.rehearsal.plugin.service")
"""Enough for operations that run no program."""
_FOR_PROGRAM = (
    *(f"{_ENGINE}.run", "pulumi_policy"),
    *(f"{_SDK}.authorization", f"{_SDK}.cognitiveservices", f"{_SDK}.resources"),
    *("ftdeploy.catalog.read:read_all", "ftdeploy.catalog.load", "ftdeploy.files.load", "ftdeploy.domain.rules"),
)
"""As `MODULE`, or `MODULE:FUNCTION` to call."""
_WITHOUT_PROGRAM = ("refresh", "import")
_PATIENCE_SECONDS = 5.0
"""Ours: whoever connects asks at once."""


@dataclass(slots=True)
class _Run:
    """An engine that runs for somebody."""

    asker: socket.socket
    process: int
    process_descriptor: int


class _Server:
    def __init__(self, listener: socket.socket, linger_seconds: float) -> None:
        self._listener = listener
        self._linger_seconds = linger_seconds
        self._ready: tuple[str, ...] = ()
        """What has been imported."""
        self._asked: list[tuple[socket.socket, dict[str, Any]]] = []
        self._runs: list[_Run] = []
        self._used = time.monotonic()
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ, self._accept)

    def serve(self) -> None:
        """Import, fork what can be forked meanwhile, and go on until nothing was asked for long."""
        for need in (*_FOR_STATE, *_FOR_PROGRAM):
            _import(need)
            self._ready += (need,)
            self._look(0)
        while self._runs or time.monotonic() - self._used < self._linger_seconds:
            self._look(self._linger_seconds)

    def _look(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if self._selector.get_map().get(key.fd) is key:  # and is not over since, by what another one told
                key.data()
        for asked in [*self._asked]:
            needs = _FOR_STATE if asked[1]["words"][0] in _WITHOUT_PROGRAM else _FOR_PROGRAM
            if needs[-1] in self._ready:
                self._asked.remove(asked)
                self._start(*asked)

    def _accept(self) -> None:
        asker, _ = self._listener.accept()
        asker.settimeout(_PATIENCE_SECONDS)
        line = b""
        if is_own(asker):
            with contextlib.suppress(OSError), asker.makefile("rb") as stream:
                line = stream.readline()
        if line.endswith(b"\n"):
            self._asked.append((asker, json.loads(line)))
        else:
            asker.close()  # who only looked whether somebody is here

    def _start(self, asker: socket.socket, told: dict[str, Any]) -> None:
        gc.freeze()
        process = os.fork()
        if process == 0:
            _become(told)
        run = _Run(asker, process, os.pidfd_open(process))
        self._runs.append(run)
        self._selector.register(asker, selectors.EVENT_READ, lambda: self._lose(run))
        self._selector.register(run.process_descriptor, selectors.EVENT_READ, lambda: self._end(run))
        _tell(asker, process)

    def _lose(self, run: _Run) -> None:
        self._selector.unregister(run.asker)
        signal.pidfd_send_signal(run.process_descriptor, signal.SIGKILL)

    def _end(self, run: _Run) -> None:
        _, status = os.waitpid(run.process, 0)
        _tell(run.asker, os.waitstatus_to_exitcode(status))
        self._selector.unregister(run.process_descriptor)
        if run.asker.fileno() in self._selector.get_map():
            self._selector.unregister(run.asker)
        os.close(run.process_descriptor)
        run.asker.close()
        self._runs.remove(run)
        self._used = time.monotonic()


def _import(need: str) -> None:
    name, _, function = need.partition(":")
    module = importlib.import_module(name)
    getattr(module, "__all__", None)  # a module that is loaded when it is first looked at is loaded now
    if function:
        getattr(module, function)()


def _tell(asker: socket.socket, number: int) -> None:
    with contextlib.suppress(ConnectionError):  # it went away, which `_lose` sees
        asker.sendall(f"{number}\n".encode())


def _become(told: dict[str, Any]) -> NoReturn:
    os.setsid()
    os.chdir(told["folder"])
    output = os.open(told["output"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.path.insert(0, told["folder"])
    gc.enable()
    go_on([_ENGINE, *told["words"]], told["environment"])


def main() -> None:
    """Listen and serve, unless another does already."""
    name, linger_seconds = sys.argv[1:]
    gc.disable()  # imports make no garbage, and looking for it takes a tenth of them
    os.chdir("/")
    os.close(os.pidfd_open(os.getpid()))  # where the kernel has no such thing this ends, and engines are processes
    with socket.socket(socket.AF_UNIX) as listener:
        try:
            listener.bind(f"\0{name}")
        except OSError:
            return
        listener.listen()
        _Server(listener, float(linger_seconds)).serve()


if __name__ == "__main__":
    main()
