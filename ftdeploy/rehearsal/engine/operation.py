"""What one operation works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ftdeploy.rehearsal.engine.backend import Backend
from ftdeploy.rehearsal.engine.events import Events
from ftdeploy.rehearsal.engine.gate import Gate
from ftdeploy.rehearsal.engine.launch import Order


@dataclass(kw_only=True)
class Operation:
    """One operation on one stack."""

    order: Order
    backend: Backend
    events: Events
    gate: Gate
    imports: Mapping[str, str] = field(default_factory=dict)
    is_clearing: bool = False
    import_file: Path | None = None
    """What `import` takes in; its shape is in `refresh`."""
