"""Every kind of bad stack file, as a user meets it: exit 1, no traceback, nothing touched."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ftdeploy.cli.main import run
from ftdeploy.cli.session import Session
from tests.files import test_bad_stacks as bad
from tests.files import test_hostile_yaml as hostile
from tests.files.conftest import repository

__all__ = ["repository"]
CHANGES = [*bad.KEYS, *bad.CAPACITIES, *bad.WORDS, *bad.REFERENCES]


def check(root: Path) -> int:
    (root / "Pulumi.yaml").write_text("name: contoso\n", encoding="utf-8")
    return run(["-C", str(root), "check"], Session(environment={}, now=datetime(2026, 11, 21, tzinfo=UTC)))


def read_all(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.name != "Pulumi.yaml"}


def assert_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = read_all(root)

    code = check(root)

    said = "".join(capsys.readouterr())
    assert code == 1
    assert "stacks/dev.yaml:" in said
    assert "hint: " in said
    assert "Traceback" not in said
    assert read_all(root) == before


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES)
def test_bad_stack_is_refused(repository, capsys, old, new, expected):
    repository.write_stack(old, new)

    assert_refused(repository.root, capsys)


@pytest.mark.parametrize(("data", "line", "words"), hostile.CASES)
def test_hostile_yaml_is_refused(repository, capsys, data, line, words):
    repository.write("stacks/dev.yaml", data)

    assert_refused(repository.root, capsys)


def test_good_repository_passes(repository):
    assert check(repository.root) == 0
