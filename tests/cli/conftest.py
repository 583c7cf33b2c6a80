"""The command in this process, in a repository of its own; Azure is the pretend one, as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ftdeploy.cli.main import run
from ftdeploy.cli.session import Session
from tests.cli.contoso import build_scenario, write_repository
from tests.rehearsal.azure.processes import Emulator, start


@dataclass
class Told:
    """What one run came to."""

    exit_code: int
    out: str
    error: str


@dataclass
class Command:
    """`command("check", "--json")` runs ftdeploy in the repository at `root`."""

    root: Path
    environment: dict[str, str]
    capture: pytest.CaptureFixture[str]

    def __call__(self, *words: str) -> Told:
        session = Session(environment=self.environment, now=datetime.now(UTC))
        code = run(["-C", str(self.root), *words], session)
        captured = self.capture.readouterr()
        return Told(code, captured.out, captured.err)

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.root, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


class Process(Command):
    """The same as a process of its own: HTTP clients read which certificates to trust when they are imported."""

    def __call__(self, *words: str) -> Told:
        done = subprocess.run(
            [sys.executable, "-m", "ftdeploy.cli", "-C", str(self.root), *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Told(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    return Command(write_repository(tmp_path / "contoso"), environment, capsys)


@pytest.fixture
def committed(command: Command) -> Command:
    """The same, with all files committed."""
    command.git("init", "-q", "-b", "main")
    command.git("config", "user.name", "Ada")
    command.git("config", "user.email", "ada@contoso.example")
    command.git("add", ".")
    command.git("commit", "-q", "-m", "begin")
    return command


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    running = start(tmp_path_factory.mktemp("azure"), build_scenario())
    yield running
    running.stop()


@pytest.fixture
def on_azure(command: Command, emulator: Emulator) -> Process:
    """The command where the pretend Azure is Azure, signed in as the workload's identity."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AZURE_", "ARM_", "OPENAI_"))}
    environment = kept | {
        "SSL_CERT_FILE": emulator.ca,
        "REQUESTS_CA_BUNDLE": emulator.ca,
        "IDENTITY_ENDPOINT": f"{emulator.url}/identity/token",
        "IDENTITY_HEADER": emulator.identity_header,
        "ARM_METADATA_HOSTNAME": emulator.url.removeprefix("https://"),
        "NO_PROXY": "127.0.0.1",
    }
    return Process(command.root, environment, command.capture)
