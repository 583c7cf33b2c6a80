"""Processes that the engine starts: the program, plugins, policy packs. None outlives it."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from ftdeploy.rehearsal.engine.failures import EngineError
from ftdeploy.rehearsal.engine.guarded import go_on

_SIZES = [(f"grpc.max_{way}_message_length", 400 * 1024 * 1024) for way in ("receive", "send")]  # as in the Pulumi SDK
CHANNEL_OPTIONS = (*_SIZES, ("grpc.enable_http_proxy", 0))


class Child:
    """A running process in a session of its own, so that a terminal's interrupt does not reach it."""

    def __init__(self, command: Sequence[str], **options: Any) -> None:  # noqa: ANN401 those of Popen
        self.title = Path(command[-1]).name if len(command) == 1 else " ".join(command[-2:])
        self.said: deque[str] = deque(maxlen=20)
        """The last lines that it wrote to stderr."""
        options |= dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        self._process: subprocess.Popen[str] = subprocess.Popen(command, text=True, start_new_session=True, **options)
        self._readers: list[threading.Thread] = []

    def tell(self, line: str) -> None:
        """Write a line to its stdin."""
        assert self._process.stdin is not None  # noqa: S101 a pipe
        with contextlib.suppress(BrokenPipeError):  # it is over, which its exit code tells
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()

    def listen(self, on_line: Callable[[str], None], on_error_line: Callable[[str], None]) -> None:
        """Hand on every line that it writes from now on."""
        for stream, take in ((self._process.stdout, on_line), (self._process.stderr, on_error_line)):
            reader = threading.Thread(target=_read, args=(stream, take), daemon=True)
            reader.start()
            self._readers.append(reader)

    def wait_for_port(self) -> int:
        """The port on its first line.

        Raises:
            EngineError: it ended, or said something else; the message has its last words.
        """
        assert self._process.stdout is not None  # noqa: S101 a pipe
        line = self._process.stdout.readline().strip()
        if line.isdigit():
            self.listen(lambda _: None, self.said.append)
            return int(line)
        self.kill()
        words = (self._process.stderr.read() if self._process.stderr else "").strip()
        raise EngineError(f"{self.title} did not start: {line or words or 'it ended and said nothing'}")

    def wait(self, timeout_seconds: float | None = None) -> int:
        """Its exit code, when all that it wrote has been handed on.

        Raises:
            subprocess.TimeoutExpired: it still runs.
        """
        code = self._process.wait(timeout_seconds)
        for each in self._readers:
            each.join(1)
        return code

    def kill(self) -> None:
        """End it and what it started."""
        with contextlib.suppress(ProcessLookupError):  # it is over already, which is what we want
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _read(stream: IO[str] | None, take: Callable[[str], None]) -> None:
    for line in stream or ():
        take(line)


def start_module(words: Sequence[str], environment: Mapping[str, str], folder: Path, *, can_fork: bool = True) -> Child:
    """Run a module with this very Python; it ends when this process does.

    Once the SDK is imported here it runs in a fork, which need not import it again and never comes to the command.
    """
    fork = partial(go_on, words, environment) if can_fork and "pulumi.runtime.stack" in sys.modules else None
    command = [sys.executable, "-u", "-m", go_on.__module__, *words]
    return Child(command, env=environment, cwd=folder, preexec_fn=fork)


def import_sdk() -> None:
    """Import what programs and packs import, so that they can be forks; nothing in it starts a thread by itself.

    Only Linux forks safely what uses the system's libraries; and tracing, where it is asked for, does start a thread.
    """
    if sys.platform != "linux" or "TRACEPARENT" in os.environ:
        return
    importlib.import_module("pulumi.runtime")
    gc.freeze()
