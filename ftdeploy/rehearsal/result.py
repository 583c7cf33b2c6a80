"""What came of one operation on one stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ftdeploy.rehearsal.events import Operation, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one operation."""

    operation: str
    stack: str
    engine: str
    exit_code: int
    """0, or 1 when the program, a policy or the engine stopped it, or 3 when (pretend) Azure refused something."""
    seconds: float
    changes: Mapping[str, int]
    operations: Sequence[Operation]
    violations: Sequence[Violation]
    errors: Sequence[str]
    outputs: Mapping[str, Any]
    assumed: Sequence[Mapping[str, str]]
    """Behaviours leaned on that are only assumed of Azure: `{"id", "title", "tag", "source"}`."""

    @property
    def is_success(self) -> bool:
        """Whether the operation did all it was asked for."""
        return self.exit_code == 0

    def to_json(self) -> dict[str, Any]:
        """The whole result, for machines."""
        return {
            **{key: getattr(self, key) for key in ("operation", "stack", "engine")},
            "result": "succeeded" if self.is_success else "failed",
            "exitCode": self.exit_code,
            "durationSeconds": self.seconds,
            "changes": dict(self.changes),
            "operations": [asdict(each) for each in self.operations],
            "violations": [asdict(each) for each in self.violations],
            "errors": list(self.errors),
            "outputs": dict(self.outputs),
            "assumed": [dict(each) for each in self.assumed],
        }
