"""What a journey did, made comparable: operations, request bodies and state without times, ports and random ids."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.engines import EngineChoice
from ftdeploy.rehearsal.pretend_azure import ask_pretend_azure, wait_for_pretend_azure
from ftdeploy.rehearsal.session import Session, Wishes, join_session
from tests.golden.journeys import Step
from tests.journey.repository import Repository, copy_repository

HERE = Path(__file__).parent
PARTS = ("exitCode", "changes", "operations", "requests", "order", "state")
"""What must be equal, step by step."""
WRITES = {"PUT", "PATCH", "POST", "DELETE"}
_VOLATILE = {"created", "modified", "sourcePosition", "stackTrace", "systemData", "etag", "dateCreated", "internalId"}
_CHANGING = (
    (re.compile(r"127\.0\.0\.1:\d+"), "HOST"),
    (re.compile(r"(::)[0-9a-f]{8}-[0-9a-f-]{27}$"), r"\1PROVIDER-ID"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)"), "TIME"),
)


def record_journey(folder: Path, steps: tuple[Step, ...], engine: str) -> list[dict[str, Any]]:
    """Walk a journey in `folder` and give one comparable record a step."""
    repository = copy_golden_repository(folder)
    repository.engine = engine
    scenario = folder / "scenario.yaml"
    wishes = Wishes(directory=folder, engine=EngineChoice.EMBEDDED, scenario=scenario)
    with join_session(wishes) as session:
        wait_for_pretend_azure(session.world)
        return [_walk(repository, session, step) for step in steps]


def load_record(name: str) -> list[dict[str, Any]]:
    """What the Pulumi CLI did, one record a step."""
    steps: list[dict[str, Any]] = json.loads((HERE / "transcripts" / f"{name}.json").read_text(encoding="utf-8"))[
        "steps"
    ]
    return steps


def find_differences(walked: list[dict[str, Any]], recorded: list[dict[str, Any]], parts: Sequence[str]) -> list[str]:
    """Where two walks of one journey differ: `["step 1, up: state"]`."""
    pairs = zip(walked, recorded, strict=True)
    return [
        f"step {number}, {theirs['step']}: {part}"
        for number, (mine, theirs) in enumerate(pairs)
        for part in parts
        if mine[part] != theirs[part]
    ]


def copy_golden_repository(folder: Path) -> Repository:
    """The recorded inputs, with today's program and pack."""
    repository = copy_repository(folder)
    for name in ("stacks", "models"):
        shutil.rmtree(folder / name)
    shutil.copytree(HERE / "repository", folder, dirs_exist_ok=True)
    return repository


def _walk(repository: Repository, session: Session, step: Step) -> dict[str, Any]:
    if step.file:
        repository.edit(step.file, step.old, step.new)
    if step.before:
        repository.rehearse(*step.before)
    before = ask_pretend_azure(session.address, "requests?after=0")["last"]
    flags = [each.format(root=repository.path) for each in step.flags]
    done = repository.rehearse(step.operation, step.stack, "--engine", repository.engine, "--json", *flags, expect=None)
    result = json.loads(done.stdout)
    requests = ask_pretend_azure(session.address, f"requests?after={before}")["requests"]
    writes = [each for each in requests if each["method"] in WRITES]
    is_done = done.returncode == 0
    return {
        "step": f"{step.operation} {step.stack}",
        "exitCode": done.returncode,
        "changes": dict(sorted(result["changes"].items())) if is_done else {},
        "operations": _list_operations(result["operations"]) if is_done else [],
        "requests": normalise(sorted((_pick(each) for each in writes), key=_get_key)),
        "order": _get_order(writes),
        "state": normalise(_read_state(repository.path, step.stack, is_done=is_done)),
    }


def _list_operations(operations: list[dict[str, Any]]) -> list[str]:
    """What was done to resources of Azure; a refresh tells of components too, an unchanged update tells of none."""
    told = [each for each in operations if each["is_custom"] and not each["type"].startswith("pulumi:providers:")]
    return sorted(f"{each['op']} {each['urn']}" for each in told if each["op"] != "same")


def _pick(request: dict[str, Any]) -> dict[str, Any]:
    picked = {key: request[key] for key in ("method", "path", "body", "status", "code", "auxiliaryTenants")}
    return picked | {"apiVersion": request["query"].get("api-version")}


def _get_key(request: dict[str, Any]) -> str:
    return f"{request['path']} {request['method']} {json.dumps(request['body'], sort_keys=True)}"


def _get_order(writes: list[dict[str, Any]]) -> dict[str, list[str]]:
    """For each resource group the order of its writes; role assignments go beside them, in no order."""
    order: dict[str, list[str]] = {}
    for write in writes:
        if "/roleassignments/" not in write["path"].lower():
            group = write["path"].split("/")[4]
            order.setdefault(group, []).append(
                f"{write['method']} {write['path'].rsplit('/', 1)[-1]} {write['status']}"
            )
    return order


def _read_state(root: Path, stack: str, *, is_done: bool) -> list[dict[str, Any]]:
    """The resources by URN. When something failed, how far its neighbours came is chance: outputs of components go."""
    path = root / ".rehearsal" / "pulumi" / ".pulumi" / "stacks" / "ftdeploy" / f"{stack}.json"
    if not path.exists():
        return []
    latest = json.loads(path.read_text(encoding="utf-8"))["checkpoint"].get("latest") or {}
    resources = latest.get("resources") or []
    return sorted((strip(each, is_done=is_done) for each in resources), key=lambda each: each["urn"])


def strip(resource: dict[str, Any], *, is_done: bool = True) -> dict[str, Any]:
    """A resource without its chance parts: the SDK sends dependencies as sets, engines make up provider ids.

    Nor with inputs that depend on nothing: a refresh of the CLI forgets those, and nobody reads them.
    """
    kept = dict(resource)
    if kept["type"].startswith("pulumi:providers:"):
        kept["id"] = "PROVIDER-ID"
    if not kept.get("custom") and not is_done:
        kept.pop("outputs", None)
    if "dependencies" in kept:
        kept["dependencies"] = sorted(kept["dependencies"])
    found = {key: sorted(urns) for key, urns in kept.pop("propertyDependencies", {}).items() if urns}
    return kept | ({"propertyDependencies": found} if found else {})


def normalise(value: Any) -> Any:
    """A value without times, ports and random ids."""
    if isinstance(value, dict):
        return {key: normalise(each) for key, each in sorted(value.items()) if key not in _VOLATILE}
    if isinstance(value, list):
        return [normalise(each) for each in value]
    if isinstance(value, str):
        for pattern, word in _CHANGING:
            value = pattern.sub(word, value)
    return value
