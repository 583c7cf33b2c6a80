"""A Pulumi CLI that was killed: named, recovered, finished."""

from __future__ import annotations

import json
import os
import shutil
import signal

import pytest

from tests.journey.test_interrupted import PATIENCE_SECONDS, start_and_wait_for_account, straight

__all__ = ["straight"]
pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="the Pulumi CLI is not on the path"),
]


def test_killed_cli_is_named_and_recovered(repository, straight):
    repository.engine = "pulumi"
    running = start_and_wait_for_account(repository)
    lock = next(repository.path.glob(".rehearsal/pulumi/.pulumi/locks/organization/*/dev/*.json"))
    os.kill(json.loads(lock.read_text(encoding="utf-8"))["pid"], signal.SIGKILL)
    said = running.communicate(timeout=PATIENCE_SECONDS)[0]
    repository.rehearse("up", "dev", "--engine", "pulumi", "--recover")

    assert running.returncode == 1
    assert "rehearse up dev --recover" in said
    assert repository.made() == straight
    assert repository.up("dev")["changes"].keys() == {"same"}
