"""A user's repository of its own for each journey, and the `rehearse` command in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.engines import EngineChoice
from ftdeploy.rehearsal.pretend_azure import ask_pretend_azure, wait_for_pretend_azure
from ftdeploy.rehearsal.session import Wishes, join_session

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@dataclass
class Repository:
    """A copy of the reference repository; `rehearse("up", "dev")` runs the command in it, without a Pulumi CLI."""

    path: Path
    engine: str = "embedded"

    def rehearse(self, *words: str, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [str(BIN / "rehearse"), *words],
            cwd=self.path,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if expect is not None:
            assert done.returncode == expect, f"{done.stdout}\n{done.stderr}"
        return done

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(BIN / "rehearse"), *words],
            cwd=self.path,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def up(self, stack: str, *words: str, expect: int = 0) -> dict:
        done = self.rehearse("up", stack, "--engine", self.engine, "--json", *words, expect=expect)
        return json.loads(done.stdout)

    def ask(self, path: str) -> Any:
        """What the pretend Azure says about itself, such as `resources` or `requests?after=0`."""
        with join_session(Wishes(directory=self.path, engine=EngineChoice.EMBEDDED)) as session:
            return ask_pretend_azure(wait_for_pretend_azure(session.world), path)

    def made(self) -> set[str]:
        """What was made on the pretend Azure since the beginning, by id in lower case."""
        return {each["id"].lower() for each in self.ask("resources")["resources"] if not each["given"]}

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("REHEARSAL_", "AZURE_", "ARM_"))}
        author = {
            f"GIT_{who}_{what}": "tests@contoso.example"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        return kept | author | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def copy_repository(target: Path) -> Repository:
    target.mkdir(parents=True, exist_ok=True)
    for name in ("Pulumi.yaml", "fleet.yaml", ".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, target / name)
    for name in ("stacks", "models", "infra", "policies"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    (target / ".venv").symlink_to(BIN.parent)
    return Repository(path=target)


def make_git(repository: Repository) -> None:
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "begin"]):
        subprocess.run(["git", *words], cwd=repository.path, env=repository.environment, check=True)
