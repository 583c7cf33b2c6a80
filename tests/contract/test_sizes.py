"""The project stays small: files, functions by ruff, and the caps of engine and plugin."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("ftdeploy", "infra", "policies") for path in (ROOT / folder).rglob("*.py"))
FILE_LINES = 300
CAPS = {"ftdeploy/rehearsal/engine": 2000, "ftdeploy/rehearsal/plugin": 600}


def count_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_stays_readable(path):
    assert count_lines(path) <= FILE_LINES


@pytest.mark.parametrize(("folder", "cap"), CAPS.items(), ids=CAPS)
def test_part_stays_under_its_cap(folder, cap):
    assert sum(count_lines(path) for path in (ROOT / folder).rglob("*.py")) <= cap
