"""What is committed speaks of the project alone: no machine's paths, no package index."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MACHINE = re.compile(r"(/(root|home|work|srv|mnt|Users)/\w|--(extra-)?index-url)")


def list_committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_no_file_names_a_machine_or_an_index():
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in list_committed() if path.is_file()}
    texts.pop(Path(__file__), None)

    assert [str(path) for path, text in texts.items() if MACHINE.search(text)] == []


def test_every_requirement_has_a_hash():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = [line for line in lock.splitlines() if "==" in line]

    assert pinned
    assert all(line.endswith("\\") for line in pinned)
    assert "http://" not in lock
    assert "https://" not in lock
