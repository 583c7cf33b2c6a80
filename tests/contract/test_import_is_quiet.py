"""Importing any module does nothing: no connection, no process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROBE = """
import importlib, sys

def watch(event, args):
    if event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.exec"):
        raise RuntimeError(f"{event} {args} while importing")

names = sys.argv[1:]
sys.addaudithook(watch)
for name in names:
    importlib.import_module(name)
"""


def test_importing_every_module_does_nothing():
    paths = [
        path.relative_to(ROOT) for folder in ("ftdeploy", "infra", "policies") for path in (ROOT / folder).rglob("*.py")
    ]
    names = [".".join(path.with_suffix("").parts) for path in paths if path.stem not in ("__init__", "__main__")]
    done = subprocess.run(
        [sys.executable, "-B", "-c", PROBE, *names], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert done.returncode == 0, done.stderr
