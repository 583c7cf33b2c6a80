"""A stack's checkpoint, as Pulumi's file backend keeps it, as records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource that Pulumi recorded, or was about to."""

    urn: str
    type: str
    id: str
    """The provider's id; empty for components and for creates that never ended."""
    inputs: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What Pulumi recorded of one stack."""

    resources: tuple[Resource, ...] = ()
    pending_creates: tuple[Resource, ...] = ()
    """Creates that had begun when the last update was killed."""
    outputs: Mapping[str, Any]
    """The stack's outputs: `{"endpoints": {"support": "https://…"}, …}`."""


def load_checkpoint(backend: Path, project: str, stack: str) -> Checkpoint:
    """What the file backend in `backend` holds of a stack; empty where the stack was never made."""
    path = backend / ".pulumi" / "stacks" / project / f"{stack}.json"
    if not path.exists():
        return Checkpoint(outputs={})
    document = json.loads(path.read_text(encoding="utf-8"))
    return parse_deployment(document.get("checkpoint", {}).get("latest") or {})


def parse_deployment(latest: Mapping[str, Any]) -> Checkpoint:
    """The records of a checkpoint's `latest`, or of a stack export's `deployment`.

    `{"resources": [{"urn", "type", "id", "inputs", …}], "pending_operations": [{"type": "creating", "resource": …}]}`
    """
    resources = latest.get("resources") or []
    root: Mapping[str, Any] = next((each for each in resources if each["type"] == "pulumi:pulumi:Stack"), {})
    pending = [each["resource"] for each in latest.get("pending_operations") or [] if each["type"] == "creating"]
    return Checkpoint(
        resources=tuple(_parse_resource(each) for each in resources),
        pending_creates=tuple(_parse_resource(each) for each in pending),
        outputs=root.get("outputs") or {},
    )


def _parse_resource(data: Mapping[str, Any]) -> Resource:
    return Resource(urn=data["urn"], type=data["type"], id=data.get("id") or "", inputs=data.get("inputs") or {})
