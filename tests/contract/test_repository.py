"""What is committed speaks of the project alone: no machine's paths, no package index."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MACHINE = re.compile(r"(/(root|home|work|srv|mnt|Users)/\w|/tmp/\w+/bin|--(extra-)?index-url)")
TOP = {
    *(".ci", ".github", "bench", "docs", "ftdeploy", "infra", "models", "policies", "stacks", "tests"),
    *(".gitattributes", ".gitignore", ".pre-commit-hooks.yaml", "Makefile", "Pulumi.yaml", "fleet.yaml"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "pyproject.toml", "requirements.lock"),
}


def list_committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_no_file_names_a_machine_or_an_index():
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in list_committed() if path.is_file()}
    texts.pop(Path(__file__), None)

    assert [str(path) for path, text in texts.items() if MACHINE.search(text)] == []


def test_nothing_strange_lies_on_top():
    assert {path.relative_to(ROOT).parts[0] for path in list_committed()} <= TOP


def test_every_requirement_has_a_hash():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = [line for line in lock.splitlines() if "==" in line]

    assert pinned
    assert all(line.endswith("\\") for line in pinned)
    assert "http://" not in lock
    assert "https://" not in lock
