"""A stack of a test's own: a program written by the test, the scripted plugin, the engine as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 30
PROJECT = "name: demo\nruntime: python\nmain: infra\n"
PROBE = """
import pulumi
from pulumi import Alias, ErrorHook, ResourceHookBinding, ResourceOptions, export


class Provider(pulumi.ProviderResource):
    def __init__(self, name, opts=None, **props):
        super().__init__("probe", name, props, ResourceOptions.merge(ResourceOptions(version="1.0.0"), opts))


SHARED = []


def get_shared_provider():
    # as in the real program, every resource has an explicit provider
    SHARED.extend([] if SHARED else [Provider("shared")])
    return SHARED[0]


class Thing(pulumi.CustomResource):
    handle: pulumi.Output[str]

    def __init__(self, name, opts=None, **props):
        opts = opts or ResourceOptions()
        if opts.provider is None and not (opts.parent and opts.parent._providers):
            opts = ResourceOptions.merge(opts, ResourceOptions(provider=get_shared_provider()))
        super().__init__("probe:index:Thing", name, {"handle": None, **props}, opts)


class Box(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("demo:index:Box", name, {}, opts)


async def retry_once(refusal):
    return len(refusal.errors) < 2
"""
HEAD = "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nfrom probe import *\n"


@dataclass(frozen=True)
class Told:
    """What came of one run of the engine, and what was recorded when it was over."""

    code: int
    stdout: str
    stderr: str
    events: list[dict] = field(default_factory=list)
    sent: list[dict] = field(default_factory=list)
    latest: dict = field(default_factory=dict)

    def steps(self, kind: str = "resOutputsEvent", *, planning: bool = False) -> list[tuple[str, str]]:
        """Operation and name of each step that was told, in order."""
        found = [each[kind] for each in self.events if kind in each]
        metadata = [each["metadata"] for each in found if bool(each.get("planning")) is planning]
        return [(each["op"], each["urn"].rsplit("::", 1)[-1]) for each in metadata]

    def messages(self, severity: str) -> list[str]:
        found = [each["diagnosticEvent"] for each in self.events if "diagnosticEvent" in each]
        return [each["message"].strip() for each in found if each["severity"] == severity]

    def calls(self, *kinds: str, preview: bool = False) -> list[dict]:
        """What the plugin was asked, in order."""
        return [each for each in self.sent if each["call"] in kinds and each["preview"] is preview]

    def named(self, *kinds: str, preview: bool = False) -> list[str]:
        """The names of the resources that the plugin was asked about, in order."""
        return [get_name(each) for each in self.calls(*kinds, preview=preview)]

    @property
    def resources(self) -> dict[str, dict]:
        """Recorded resources by name."""
        return {get_name(each): each for each in self.latest.get("resources", ())}

    @property
    def changes(self) -> dict[str, int]:
        return [each for each in self.events if "summaryEvent" in each][-1]["summaryEvent"]["resourceChanges"]


@dataclass
class Stack:
    """`stack.run("up", "Thing('a')")` runs a program of that text; the last text stays when none is given."""

    path: Path

    def run(self, operation: str, program: str | None = None, *words: str, script: dict | None = None) -> Told:
        running = self.start(operation, program, *words, script=script)
        stdout, stderr = running.communicate(timeout=PATIENCE_SECONDS)
        assert "ftdeploy/rehearsal" not in stderr, stderr
        return Told(
            code=running.returncode,
            stdout=stdout,
            stderr=stderr,
            events=read_lines(self.path / "events.json"),
            sent=read_lines(self.path / "calls.ndjson"),
            latest=self.latest,
        )

    def start(self, operation: str, program: str | None = None, *words: str, script: dict | None = None):
        if program is not None:
            (self.path / "infra/__main__.py").write_text(HEAD + program, encoding="utf-8")
        for each in ("events.json", "calls.ndjson"):
            (self.path / each).unlink(missing_ok=True)
        (self.path / "script.json").write_text(json.dumps(script or {}), encoding="utf-8")
        return subprocess.Popen(
            [*self.command(operation), *words],
            env={
                **os.environ,
                "SCRIPTED_PLUGIN": str(self.path),
                "PYTHONPATH": str(ROOT),
                # Bytecode is stale by the second: a program of the same length, a moment later, would not be read.
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def command(self, operation: str) -> list[str]:
        command = [sys.executable, "-m", "ftdeploy.rehearsal.engine", operation, "--project", str(self.path)]
        command += ["--stack", "dev", "--backend", str(self.path / "backend")]
        if operation in {"export", "output", "history", "cancel"}:
            return command
        command += ["--plugin", "probe=1.0.0=-m:tests.rehearsal.engine.scripted_plugin"]
        return [*command, "--event-log", str(self.path / "events.json")]

    @property
    def checkpoint(self) -> Path:
        return self.path / "backend/.pulumi/stacks/demo/dev.json"

    @property
    def latest(self) -> dict:
        if not self.checkpoint.exists():
            return {}
        return json.loads(self.checkpoint.read_text(encoding="utf-8"))["checkpoint"]["latest"]

    @property
    def locks(self) -> list[Path]:
        return sorted((self.path / "backend/.pulumi/locks/organization/demo/dev").glob("*.json"))

    def wait_for(self, is_there) -> None:
        """Wait until something can be seen from outside."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_there():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.01)


def read_lines(log: Path) -> list[dict]:
    """The objects of a log, a last line that was never finished left out."""
    return [json.loads(line) for line in log.read_text().split("\n")[:-1]] if log.exists() else []


def get_name(told: dict) -> str:
    return told["urn"].rsplit("::", 1)[-1]


def make_stack(path: Path) -> Stack:
    (path / "infra").mkdir(parents=True)
    (path / "Pulumi.yaml").write_text(PROJECT, encoding="utf-8")
    (path / "infra/probe.py").write_text(PROBE, encoding="utf-8")
    return Stack(path)


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Stack:
    """One stack for a whole module, for tests that read what one fixture did."""
    return make_stack(tmp_path_factory.mktemp("stack") / "demo")


@pytest.fixture
def own_stack(tmp_path) -> Stack:
    """A stack that a test may change."""
    return make_stack(tmp_path / "demo")
