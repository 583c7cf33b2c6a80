"""Updates that do not come to their end: interrupted, killed, orphaned; and how the next one goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.rehearsal.engine.conftest import PATIENCE_SECONDS, ROOT, read_lines

PROGRAM = (
    "a = Thing('a')\nb = Thing('b', ResourceOptions(depends_on=[a]))\nc = Thing('c', ResourceOptions(depends_on=[b]))"
)
HELD = {"create:b": [{"hold": "go"}]}


def start_and_wait_for_b(stack) -> subprocess.Popen:
    """An update that hangs in the creation of b."""
    running = stack.start("up", PROGRAM, script=HELD)
    stack.wait_for(lambda: any(_is_creating_b(each) for each in read_lines(stack.path / "calls.ndjson")))
    return running


def _is_creating_b(call: dict) -> bool:
    return call["call"] == "create" and call["urn"].endswith("::b") and not call["preview"]


def test_interrupt_lets_what_runs_end_and_begins_nothing_new(own_stack):
    running = start_and_wait_for_b(own_stack)
    running.send_signal(signal.SIGINT)
    own_stack.wait_for(lambda: "interrupted" in (own_stack.path / "events.json").read_text(encoding="utf-8"))
    (own_stack.path / "go").touch()
    stderr = running.communicate(timeout=PATIENCE_SECONDS)[1]
    recorded = {each["urn"].rsplit("::", 1)[-1] for each in own_stack.latest["resources"]}

    assert (running.returncode, stderr) == (1, "error: update canceled\n")
    assert {"a", "b"} <= recorded
    assert "c" not in recorded
    assert own_stack.locks == []
    assert own_stack.run("up").changes == {"same": 4, "create": 1}


@pytest.fixture(scope="module")
def killed(stack):
    running = start_and_wait_for_b(stack)
    running.kill()
    running.communicate(timeout=PATIENCE_SECONDS)
    (stack.path / "go").touch()
    exported = stack.run("export")
    refused = stack.run("up")
    locks = [json.loads(each.read_text(encoding="utf-8")) | {"file": str(each)} for each in stack.locks]
    return running.pid, exported, refused, locks


@pytest.fixture(scope="module")
def recovered(stack, killed):
    cancelled = stack.run("cancel")
    b = json.loads(killed[1].stdout)["deployment"]["pending_operations"][0]["resource"]["urn"]
    refreshed = stack.run("refresh", None, "--import-pending-create", b, "/things/b", "--clear-pending-creates")
    return cancelled, refreshed, stack.run("up")


def test_killed_update_leaves_its_lock_and_the_next_one_names_it(killed):
    pid, _, refused, locks = killed

    assert refused.code == 1
    assert "the stack is currently locked by 1 lock(s)" in refused.stderr
    assert "`pulumi cancel`" in refused.stderr
    assert locks[0]["file"] in refused.stderr
    assert (locks[0]["pid"], set(locks[0])) == (pid, {"pid", "username", "hostname", "timestamp", "file"})


def test_killed_update_is_known_up_to_its_last_step(killed):
    deployment = json.loads(killed[1].stdout)["deployment"]

    assert [each["urn"].rsplit("::", 1)[-1] for each in deployment["resources"]][-1] == "a"
    assert [each["type"] for each in deployment["pending_operations"]] == ["creating"]


def test_cancel_removes_the_lock_and_writes_what_the_journal_knew(recovered):
    cancelled, _, _ = recovered

    assert cancelled.stdout == "The currently running update for 'dev' has been canceled!\n"
    assert "a" in cancelled.resources
    assert cancelled.latest["pending_operations"][0]["resource"]["urn"].endswith("::b")


def test_refresh_takes_in_what_the_killed_update_made(recovered):
    _, refreshed, _ = recovered

    assert (refreshed.code, refreshed.stderr) == (0, "")
    assert ("import", "b") in refreshed.steps()
    assert refreshed.resources["b"]["id"] == "/things/b"
    assert "pending_operations" not in refreshed.latest


def test_update_after_recovery_goes_on(recovered):
    assert recovered[2].named("create") == ["c"]


def test_refresh_follows_what_is_there(own_stack):
    own_stack.run("up", "a = Thing('a')\nb = Thing('b', ResourceOptions(depends_on=[a]), size=1)")
    script = {"read:a": [{"gone": True}], "read:b": [{"inputs": {"size": 9}}]}
    told = own_stack.run("refresh", script=script)

    assert told.changes == {"same": 2, "delete": 1, "update": 1}
    assert "a" not in told.resources
    assert told.resources["b"]["inputs"] == {"size": 9}
    assert "dependencies" not in told.resources["b"]


def test_engine_ends_with_the_process_that_started_it(own_stack):
    starter = "import json, os, subprocess, sys; subprocess.Popen(json.loads(sys.argv[1])); sys.stdin.read()"
    own_stack.run("preview", PROGRAM)
    (own_stack.path / "script.json").write_text(json.dumps(HELD), encoding="utf-8")
    environment = {**os.environ, "SCRIPTED_PLUGIN": str(own_stack.path), "PYTHONPATH": str(ROOT)}
    command = json.dumps([*own_stack.command("up")])
    parent = subprocess.Popen([sys.executable, "-c", starter, command], stdin=subprocess.PIPE, env=environment)
    own_stack.wait_for(lambda: own_stack.locks)
    pid = json.loads(own_stack.locks[0].read_text(encoding="utf-8"))["pid"]
    parent.kill()
    parent.communicate()

    own_stack.wait_for(lambda: not _is_running(pid))
    assert len(own_stack.locks) == 1


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_second_interrupt_ends_at_once_and_leaves_the_lock(own_stack):
    running = start_and_wait_for_b(own_stack)
    running.send_signal(signal.SIGINT)
    own_stack.wait_for(lambda: "interrupted" in (own_stack.path / "events.json").read_text(encoding="utf-8"))
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=PATIENCE_SECONDS)
    exported = json.loads(own_stack.run("export").stdout)["deployment"]

    assert running.returncode == 130
    assert len(own_stack.locks) == 1
    assert [each["type"] for each in exported["pending_operations"]] == ["creating"]
