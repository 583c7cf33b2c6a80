"""Interrupted and killed updates: the same end state after another try."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest

from tests.journey.repository import copy_repository

PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def straight(tmp_path_factory) -> set[str]:
    """What an update that nobody disturbs makes of dev."""
    repository = copy_repository(tmp_path_factory.mktemp("straight") / "contoso")
    repository.up("dev")
    return repository.made()


def start_and_wait_for_account(repository, *, operation_seconds=1) -> subprocess.Popen[str]:
    """An update of dev, caught while the account is being created."""
    running = repository.start(
        "up", "dev", "--engine", repository.engine, "--operation-seconds", f"{operation_seconds}"
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        logs = [log.read_text(encoding="utf-8") for log in repository.path.glob(".rehearsal/runs/*-up-*.events.json")]
        if any(_is_creating_account(line) for log in logs for line in log.splitlines()):
            time.sleep(0.3)
            return running
        time.sleep(0.02)
    raise AssertionError(f"no account was begun: {running.communicate()[0]}")


def _is_creating_account(line: str) -> bool:
    is_begin = '"resourcePreEvent"' in line and '"planning":true' not in line.replace(" ", "")
    return is_begin and "azure-native:cognitiveservices:Account" in line and line.rstrip().endswith("}")


def test_interrupted_update_ends_cleanly_and_the_next_one_finishes(repository, straight):
    running = start_and_wait_for_account(repository)
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=PATIENCE_SECONDS)[0]
    repository.up("dev")

    assert running.returncode != 0
    assert "stopping: what runs now ends first" in said
    assert "Traceback" not in said
    assert repository.made() == straight


def test_killed_update_is_named_and_recovered(repository, straight):
    running = start_and_wait_for_account(repository)
    running.kill()
    running.communicate(timeout=PATIENCE_SECONDS)
    time.sleep(1.5)
    refused = repository.rehearse("up", "dev", "--engine", repository.engine, expect=1)
    repository.rehearse("up", "dev", "--engine", repository.engine, "--recover")

    assert "lock" in refused.stderr
    assert "on the pretend Azure, but in no state:" in refused.stderr
    assert "accounts/contoso-support-dev" in refused.stderr
    assert "rehearse up dev --recover" in refused.stderr
    assert repository.made() == straight
    assert repository.up("dev")["changes"].keys() == {"same"}


def test_reset_is_refused_while_a_command_runs(repository):
    running = start_and_wait_for_account(repository, operation_seconds=3)
    refused = repository.rehearse("reset", expect=1)
    running.communicate(timeout=PATIENCE_SECONDS)

    assert "a command is using this rehearsal" in refused.stderr
    repository.rehearse("reset")
    assert not (repository.path / ".rehearsal").exists()
