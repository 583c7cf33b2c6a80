"""What stops both engines: an interrupt in the middle, and a lock that the other one holds."""

from __future__ import annotations

import json
import shutil
import signal
import time

import pytest

from ftdeploy.rehearsal.engine.backend import Backend
from tests.golden import scripted
from tests.rehearsal.engine.conftest import HEAD, PATIENCE_SECONDS, make_stack, read_lines
from tests.rehearsal.engine.test_interrupted import HELD, PROGRAM

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="the Pulumi CLI is not on the path"),
]


def interrupt(folder, engine) -> tuple[list[str], bool, bool]:
    """What an update that was interrupted while it made b recorded, whether it failed, whether its lock stayed."""
    stack = make_stack(folder)
    (stack.path / "infra/__main__.py").write_text(HEAD + PROGRAM, encoding="utf-8")
    (stack.path / "script.json").write_text(json.dumps(HELD), encoding="utf-8")
    running = scripted.start(stack, "up", [], engine)
    stack.wait_for(lambda: any(_is_making_b(each) for each in read_lines(stack.path / "calls.ndjson")))
    running.send_signal(signal.SIGINT)
    time.sleep(1)  # what the CLI has heard cannot be seen from outside
    (stack.path / "go").touch()
    running.communicate(timeout=PATIENCE_SECONDS)
    recorded = sorted(each["urn"].rsplit("::", 1)[-1] for each in stack.latest["resources"])
    return recorded, running.returncode != 0, bool(stack.locks)


def _is_making_b(call: dict) -> bool:
    return call["call"] == "create" and call["urn"].endswith("::b") and not call["preview"]


def test_interrupted_engines_record_the_same_and_leave_no_lock(tmp_path):
    embedded, pulumi = (interrupt(tmp_path / engine, engine) for engine in ("embedded", "pulumi"))

    assert embedded == pulumi == (["a", "b", "demo-dev", "shared"], True, False)


def test_cli_respects_the_lock_of_the_embedded_engine(tmp_path):
    stack = make_stack(tmp_path / "demo")
    with Backend(folder=stack.path / "backend", project="demo", stack="dev").lock():
        running = scripted.start(stack, "up", [], "pulumi")
        told = running.communicate(timeout=PATIENCE_SECONDS)

    assert running.returncode != 0
    assert "currently locked by 1 lock(s)" in "".join(told)
