"""Engines are forks of a server that has imported what they need, and that has the code of today."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import pytest

from ftdeploy.rehearsal import ahead, forkserver
from ftdeploy.rehearsal.ahead import Fork, start_ahead, start_engine

PATIENCE_SECONDS = 20


@pytest.fixture
def name(monkeypatch) -> Iterator[str]:
    """Of a server of the test's own, which is ended with it."""
    start_server = ahead._start_server
    start_server.cache_clear()
    name = f"ftdeploy-test-{uuid.uuid4()}"
    monkeypatch.setattr(ahead, "_name_server", lambda: name)
    yield name
    if start_server.cache_info().currsize:
        start_server().kill()
        start_server().wait()
    start_server.cache_clear()


def serve(name: str, *, linger_seconds: float) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-P", "-m", "ftdeploy.rehearsal.forkserver", name, f"{linger_seconds}"])


def wait_until_it_listens() -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (server := ahead._connect()) is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    server.close()


def run_history(folder, **environment) -> tuple[Fork | subprocess.Popen[bytes], str]:
    """What the engine tells of a stack that nobody ever made."""
    (folder / "Pulumi.yaml").write_text("name: contoso\nruntime: python\nmain: .\n", encoding="utf-8")
    words = ["history", "--project", ".", "--stack", "dev", "--backend", str(folder)]
    engine = start_engine(words, environment=os.environ | environment, folder=folder, output=folder / "out.txt")
    assert engine.wait() == 0
    return engine, (folder / "out.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("name")
def test_engine_is_a_fork_with_its_words_folder_and_output(tmp_path):
    engine, said = run_history(tmp_path)

    assert isinstance(engine, Fork)
    assert said == "[]\n"


@pytest.mark.usefixtures("name")
def test_exit_code_of_a_fork_is_told(tmp_path):
    words = ["history", "--project", "nowhere", "--stack", "dev", "--backend", str(tmp_path)]

    engine = start_engine(words, environment=os.environ, folder=tmp_path, output=tmp_path / "out.txt")

    assert (engine.wait(), engine.poll(), engine.returncode) == (1, 1, 1)
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("error: ")


def test_next_engine_is_a_fork_of_the_same_server(name, tmp_path):
    run_history(tmp_path)
    before = ahead._start_server().pid
    run_history(tmp_path)

    assert ahead._start_server().pid == before
    assert ahead._start_server().poll() is None


@pytest.mark.usefixtures("name")
def test_engine_is_a_process_where_no_server_starts(tmp_path, monkeypatch):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    monkeypatch.setattr(ahead, "_start_server", lambda: ended)

    engine, said = run_history(tmp_path)

    assert isinstance(engine, subprocess.Popen)
    assert said == "[]\n"


@pytest.mark.usefixtures("name")
def test_engine_is_a_process_where_pulumi_is_traced(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")

    assert isinstance(run_history(tmp_path)[0], subprocess.Popen)


def test_server_ends_when_nothing_is_asked(name):
    assert serve(name, linger_seconds=0).wait(PATIENCE_SECONDS) == 0


def test_of_two_servers_the_later_one_ends_at_once(name):
    with serve(name, linger_seconds=PATIENCE_SECONDS) as first:
        wait_until_it_listens()
        later = serve(name, linger_seconds=PATIENCE_SECONDS)

        assert later.wait(PATIENCE_SECONDS) == 0
        assert first.poll() is None
        first.kill()


def test_asker_that_goes_when_its_engine_ends_takes_nothing_along(name, monkeypatch):
    monkeypatch.setattr(forkserver, "_become", lambda _: os._exit(0))
    asker, client = socket.socketpair()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"\0{name}")
        listener.listen()
        server = forkserver._Server(listener, PATIENCE_SECONDS)
        server._start(asker, {})
        (run,) = server._runs
        os.waitid(os.P_PID, run.process, os.WEXITED | os.WNOWAIT)
        client.close()

        server._look(PATIENCE_SECONDS)
        server._selector.close()

    assert server._runs == []


def test_changed_code_is_met_by_another_server(tmp_path, monkeypatch):
    monkeypatch.setattr(ahead, "_PACKAGE", tmp_path)
    (tmp_path / "domain").mkdir()
    code = tmp_path / "domain" / "rule.py"
    code.write_text("A = 1\n", encoding="utf-8")
    names = [ahead._name_server.__wrapped__()]
    os.utime(code, ns=(0, code.stat().st_mtime_ns + 1))
    names.append(ahead._name_server.__wrapped__())
    (tmp_path / "domain" / "__pycache__").mkdir()
    names.append(ahead._name_server.__wrapped__())

    assert names[0] != names[1] == names[2]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["up", "dev", "--engine", "embedded"], 1),
        (["-C", "there", "refresh", "dev", "--engine", "embedded"], 1),
        (["clock", "show"], 0),
        (["up", "--help"], 0),
    ],
)
@pytest.mark.usefixtures("name")
def test_server_is_started_for_commands_that_will_need_an_engine(words, count):
    start_ahead(words)

    assert ahead._start_server.cache_info().currsize == count
