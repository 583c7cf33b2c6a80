"""No module of the program or the pack hides a standard or installed one: Pulumi puts their folders on the path."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(path for folder in ("infra", "policies") for path in (ROOT / folder).glob("*.py"))
BANNED_WORDS = {"utils", "helpers", "common", "misc", "base", "manager"}


@pytest.mark.parametrize(
    "path", [path for path in MODULES if not path.stem.startswith("__")], ids=lambda path: path.stem
)
def test_module_hides_no_other(path):
    assert path.stem not in sys.stdlib_module_names
    assert path.stem not in importlib.metadata.packages_distributions()


def test_files_are_nouns():
    assert [path for path in (ROOT / "ftdeploy").rglob("*.py") if path.stem in BANNED_WORDS] == []
