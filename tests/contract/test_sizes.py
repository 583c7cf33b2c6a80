"""The project stays small: files, and the caps of engine and plugin; functions are ruff's to watch."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("ftdeploy", "infra", "policies") for path in (ROOT / folder).rglob("*.py"))
FILE_LINES = 300
CAPS = {"ftdeploy/rehearsal/engine": 2250, "ftdeploy/rehearsal/plugin": 600}
"""Lines of code: blank lines, comments and docstrings do not count, or the cap would be a cap on explanations.

About 2,000 for the engine, whose imports alone are 280.
"""
SILENT = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def count_code_lines(path: Path) -> int:
    text = path.read_text(encoding="utf-8")
    bodies = [node.body for node in ast.walk(ast.parse(text)) if isinstance(getattr(node, "body", None), list)]
    said = [
        each for body in bodies for each in body if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
    ]
    docstrings = {line for each in said for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)}
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type not in SILENT]
    return len({line for token in tokens for line in range(token.start[0], token.end[0] + 1)} - docstrings)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_stays_readable(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize(("folder", "cap"), CAPS.items(), ids=CAPS)
def test_part_stays_under_its_cap(folder, cap):
    assert sum(count_code_lines(path) for path in (ROOT / folder).rglob("*.py")) <= cap
