"""Runs a module, and ends when the process that started it ends: `python -m … MODULE WORD…`, or in a fork."""

from __future__ import annotations

import io
import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

POLL_SECONDS = 0.2
TOLD = 32
"""Exit code of a program that has told its error already; the CLI's figure."""


def end_with_parent() -> None:
    """From now on, end as soon as this process has another parent than now."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def run(words: Sequence[str]) -> None:
    """Run a module as the main one."""
    end_with_parent()
    sys.argv = list(words)
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


def go_on(words: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """In a fork, be what `python -u -m` this module would be in this folder."""
    os.closerange(3, 1 << 16)  # what the process that was forked has open; it waits for one of them, as for an exec
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0] = str(Path.cwd())
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", 0, closefd=False), "utf-8", write_through=True)
    try:
        run(words)
        os._exit(0)
    except SystemExit as ended:
        os._exit(ended.code if isinstance(ended.code, int) else int(ended.code is not None))
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


if __name__ == "__main__":
    run(sys.argv[1:])
