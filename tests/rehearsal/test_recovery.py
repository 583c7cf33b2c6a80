"""A lock's holder runs, or has ended; one that ended and was never asked after has ended too."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ftdeploy.rehearsal.recovery import _is_running


def test_this_process_runs():
    assert _is_running(os.getpid())


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux tells ended processes apart; others reap them")
def test_process_that_ended_unasked_does_not_run():
    ended = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    ended.stdout.read()
    deadline = time.monotonic() + 10
    while _is_running(ended.pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(ended.pid, 0)
    ended.stdout.close()
    ended.wait()


def test_process_that_nobody_knows_does_not_run():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()

    assert not _is_running(ended.pid)
