"""What Pulumi.yaml and Pulumi's stack file say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import yaml

from ftdeploy.rehearsal.engine.failures import EngineError, Refusal

ORGANIZATION = "organization"
"""What Pulumi calls the organisation of every stack in a file backend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The program to run."""

    root: Path
    """The folder of Pulumi.yaml."""
    name: str
    main: Path
    """The program's folder."""
    config: dict[str, str]
    """Configuration as programs get it, one text per full key: `{"azure-native:location": "swedencentral"}`."""


def load_project(root: Path, config_file: Path | None) -> Project:
    """The project in a folder.

    Raises:
        EngineError: no Pulumi.yaml there, or no program.
    """
    path = root / "Pulumi.yaml"
    if not path.exists():
        raise EngineError(f"no Pulumi.yaml in {root}")
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    runtime = document.get("runtime")
    if (runtime.get("name") if isinstance(runtime, dict) else runtime) != "python":
        raise Refusal(f"the runtime of {path.name}, only Python")
    main = (root / document.get("main", ".")).resolve()
    name = str(document["name"])
    return Project(root=root.resolve(), name=name, main=main, config=_load_config(config_file, name))


def _load_config(path: Path | None, project: str) -> dict[str, str]:
    if path is None or not path.exists():
        return {}
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    values = (document.get("config") or {}).items()
    return {key if ":" in key else f"{project}:{key}": _render(key, value) for key, value in values}


def _render(key: str, value: object) -> str:
    if isinstance(value, dict) and "secure" in value:
        raise Refusal(f"secret configuration such as `{key}`")
    return value if isinstance(value, str) else json.dumps(value)
