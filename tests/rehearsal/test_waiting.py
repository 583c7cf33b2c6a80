"""A process that waits becomes what it is told to be, and ends when nobody tells it anything."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from ftdeploy.rehearsal import ahead

WAITING = [sys.executable, "-m", "ftdeploy.rehearsal.waiting"]


def test_it_becomes_the_module_with_its_words_environment_folder_and_output(tmp_path):
    said = "import os, sys\nprint(*sys.argv[1:], os.environ['HERE'], os.getcwd(), 'colorsys' in sys.modules)"
    (tmp_path / "said.py").write_text(said, encoding="utf-8")
    told = {"module": "said", "words": ["a", "b"], "environment": {"HERE": "yes"}, "folder": str(tmp_path)}

    done = subprocess.run(
        [*WAITING, "colorsys"],
        input=json.dumps(told | {"output": str(tmp_path / "out.txt")}),
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.returncode == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == f"a b yes {tmp_path} True\n"


def test_it_ends_when_nothing_comes():
    assert subprocess.run(WAITING, stdin=subprocess.DEVNULL, timeout=20, check=False).returncode == 0


@pytest.mark.parametrize(
    ("words", "ready"),
    [
        (["up", "dev", "--engine", "embedded"], ["up"]),
        (["-C", "there", "refresh", "dev", "--engine", "embedded"], ["refresh"]),
        (["clock", "show"], []),
        (["up", "--help"], []),
    ],
)
def test_an_engine_waits_for_commands_that_will_need_one(words, ready, monkeypatch):
    monkeypatch.setattr(ahead, "_waiting", {})

    ahead.start_ahead(words)
    waiting = dict(ahead._waiting)
    ahead.end_waiting()

    assert list(waiting) == ready
    assert all(engine.poll() is not None for engine in waiting.values())
