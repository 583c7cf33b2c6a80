"""Journeys over the scripted plugin of the engine's own tests: what Azure would do seldom, or never in one order.

The same programs, scripts and normal forms for both engines; a step is one operation on one stack.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.engines import write_script
from tests.golden.transcript import normalise, strip
from tests.rehearsal.engine.conftest import HEAD, PATIENCE_SECONDS, ROOT, Stack, get_name, make_stack, read_lines

PARTS = ("exitCode", "changes", "operations", "errors", "violations", "calls", "state")
"""What must be equal, step by step."""
_CALLS = {"create", "update", "delete"}
_PLUGIN = "tests.rehearsal.engine.scripted_plugin"
_ECHOES = ("update failed", "preview failed", "destroy failed", "import failed", "refresh failed")


@dataclass(frozen=True, kw_only=True)
class Step:
    """Files are written first; the program stays when none is given, and `script` says what the plugin does."""

    operation: str
    program: str | None = None
    script: dict[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    """Further words of the command line; `{path}` is the stack's folder."""
    files: dict[str, str] = field(default_factory=dict)


def walk(folder: Path, steps: tuple[Step, ...], engine: str) -> list[dict[str, Any]]:
    """Walk a journey in `folder` and give one comparable record a step."""
    stack = make_stack(folder)
    return [_take(stack, step, engine) for step in steps]


def _take(stack: Stack, step: Step, engine: str) -> dict[str, Any]:
    for name, text in step.files.items():
        (stack.path / name).parent.mkdir(exist_ok=True)
        (stack.path / name).write_text(text, encoding="utf-8")
    if step.program is not None:
        (stack.path / "infra/__main__.py").write_text(HEAD + step.program, encoding="utf-8")
    for name in ("events.json", "calls.ndjson"):
        (stack.path / name).unlink(missing_ok=True)
    (stack.path / "script.json").write_text(json.dumps(step.script), encoding="utf-8")
    words = [each.format(path=stack.path) for each in step.words]
    running = start(stack, step.operation, words, engine)
    running.communicate(timeout=4 * PATIENCE_SECONDS)
    record = {"step": step.operation, "exitCode": min(running.returncode, 1), **_read(stack)}
    if running.returncode:  # how far the preview came, and what stands beside the failure, is told differently
        made = [each for each in record["calls"] if not each["preview"]]
        record |= {"changes": {}, "operations": [], "calls": made}
    return record


def start(stack: Stack, operation: str, words: Sequence[str], engine: str) -> subprocess.Popen[str]:
    """Start an operation on the program that is there."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PULUMI_")}
    environment |= {"SCRIPTED_PLUGIN": str(stack.path), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PYTHONPATH"] = os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)]).strip(os.pathsep)
    if engine == "embedded":
        command = stack.command(operation)
    else:
        command = _prepare_pulumi(stack, operation)
        environment |= _get_pulumi_environment(stack, operation)
    return subprocess.Popen(
        [*command, *words],
        env=environment,
        cwd=stack.path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _prepare_pulumi(stack: Stack, operation: str) -> list[str]:
    write_script(stack.path / "home/plugins/resource-probe-v1.0.0/pulumi-resource-probe", _PLUGIN)
    if not stack.checkpoint.exists():
        stack.checkpoint.parent.mkdir(parents=True)
        empty = {"version": 3, "checkpoint": {"stack": "organization/demo/dev", "latest": None}}
        stack.checkpoint.write_text(json.dumps(empty), encoding="utf-8")
    command = ["pulumi", operation, "--stack", "dev", "--non-interactive", "--color", "never"]
    command += ["--event-log", str(stack.path / "events.json")]
    command += [] if operation == "preview" else ["--yes"]
    return [*command, *(["--generate-code=false"] if operation == "import" else [])]


def _get_pulumi_environment(stack: Stack, operation: str) -> dict[str, str]:
    return {
        "PULUMI_BACKEND_URL": f"file://{stack.path / 'backend'}",
        "PULUMI_CONFIG_PASSPHRASE": "",
        "PULUMI_DEBUG_COMMANDS": "true",  # knows --event-log
        "PULUMI_HOME": str(stack.path / "home"),
        "PULUMI_RUN_PROGRAM": str(operation == "destroy").lower(),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }


def _read(stack: Stack) -> dict[str, Any]:
    events = read_lines(stack.path / "events.json")
    told = [each["resOutputsEvent"] for each in events if "resOutputsEvent" in each]
    is_planned = all(each.get("planning") for each in told)
    metadata = [each["metadata"] for each in told if is_planned or not each.get("planning")]
    summaries = [each["summaryEvent"] for each in events if "summaryEvent" in each]
    calls = read_lines(stack.path / "calls.ndjson")
    resources = (stack.latest or {}).get("resources") or ()
    return {
        "changes": dict(sorted(summaries[-1]["resourceChanges"].items())) if summaries else {},
        "operations": sorted(f"{each['op']} {get_name(each)}" for each in metadata if each["op"] != "same"),
        "errors": sorted(_list_errors(events)),
        "violations": sorted({_tell_violation(each["policyEvent"]) for each in events if "policyEvent" in each}),
        "calls": [_describe(each) for each in calls if each["call"] in _CALLS],
        "state": normalise(sorted((strip(each) for each in resources), key=lambda each: each["urn"])),
    }


def _list_errors(events: list[dict[str, Any]]) -> list[str]:
    found = [each["diagnosticEvent"] for each in events if "diagnosticEvent" in each]
    texts = {each["message"].strip().removeprefix("Preview failed: ") for each in found if each["severity"] == "error"}
    return [text for text in texts if not text.startswith(_ECHOES)]


def _tell_violation(event: dict[str, Any]) -> str:
    return f"{event['enforcementLevel']} {event['policyName']} {get_name({'urn': event['resourceUrn']})}"


def _describe(call: dict[str, Any]) -> dict[str, Any]:
    return {"call": call["call"], "name": get_name(call), "preview": call["preview"], "news": call["news"]}
