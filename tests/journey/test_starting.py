"""Program and packs are forks of the engine where that is safe, and processes of their own where it is not."""

from __future__ import annotations

PROGRAM = """
import os
import signal

import pulumi

pulumi.export("started", {
    "interrupt": signal.getsignal(signal.SIGINT) is signal.default_int_handler,
    "terminate": signal.getsignal(signal.SIGTERM) is signal.SIG_DFL,
    "variable": os.environ.get("PULUMI_STACK"),
})
"""
TRACED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_program_begins_with_nothing_of_the_engine(repository):
    (repository.path / "infra/__main__.py").write_text(PROGRAM, encoding="utf-8")

    started = repository.up("dev")["outputs"]["started"]

    assert (started["interrupt"], started["terminate"], started["variable"]) == (True, True, "dev")


def test_stack_is_built_where_pulumi_is_traced_and_nothing_is_forked(repository, monkeypatch):
    monkeypatch.setenv("TRACEPARENT", TRACED)

    assert repository.up("dev")["changes"] == {"create": 9}
