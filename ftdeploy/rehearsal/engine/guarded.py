"""Runs a module, and ends when the process that started it ends: `python -m … MODULE WORD…`."""

from __future__ import annotations

import os
import runpy
import sys
import threading
import time

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


if __name__ == "__main__":
    end_with_parent()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
