"""A user's repository of its own for each journey."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journey.repository import Repository, copy_repository, make_git


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return copy_repository(tmp_path / "contoso")


@pytest.fixture
def git_repository(repository: Repository) -> Repository:
    make_git(repository)
    return repository
