"""A real Git repository for each test, deaf to the configuration of whoever runs it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from ftdeploy.git.commits import Commits, open_commits


@dataclass
class WorkTree:
    """A work tree: `git("add", ".")` runs git in it, `write(...)` writes a file."""

    path: Path
    environment: dict[str, str]

    @property
    def commits(self) -> Commits:
        return open_commits(self.path, self.environment)

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.path, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    def write(self, name: str, text: str) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def bare_folder(tmp_path: Path) -> WorkTree:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(tmp_path),
    }
    folder = tmp_path / "fleet"
    folder.mkdir()
    return WorkTree(folder, environment)


@pytest.fixture
def work_tree(bare_folder: WorkTree) -> WorkTree:
    bare_folder.git("init", "-q", "-b", "main")
    bare_folder.git("config", "user.name", "Ada")
    bare_folder.git("config", "user.email", "ada@contoso.example")
    bare_folder.write("stacks/prod.yaml", "model: old\n")
    bare_folder.write("stacks/other.yaml", "model: old\n")
    bare_folder.git("add", ".")
    bare_folder.git("commit", "-q", "-m", "begin")
    return bare_folder
