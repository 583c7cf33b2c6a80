"""What a promotion changed, as text and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ftdeploy.domain.promotion import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A promotion, planned or carried out."""

    model: str
    stage: str
    edits: tuple[Edit, ...]
    commit: str
    """The commit's short id; empty where none was made."""


def render_promotion(told: Told) -> str:
    """The edits, one a line, and what became of them."""
    if not told.edits:
        return f"nothing to do: {told.model} is in every stack of stage {told.stage} that runs its name"
    lines = [f"{each.file} {each.key}: {each.old} -> {each.new}" for each in told.edits]
    if not told.commit:
        return "\n".join([*lines, "dry run: no file was changed"])
    stacks = dict.fromkeys(PurePosixPath(each.file).stem for each in told.edits)
    steps = [f"next: `pulumi up -s {each}`, or rehearse it with `rehearse up {each}`" for each in stacks]
    return "\n".join([*lines, f"committed as {told.commit}", *steps])


def to_json(told: Told) -> dict[str, Any]:
    """`{"model": "…", "stage": "prod", "edits": [{"file", "key", "old", "new"}], "commit": "1f2e3d4" or null}`."""
    return {
        "model": told.model,
        "stage": told.stage,
        "edits": [{"file": each.file, "key": each.key, "old": each.old, "new": each.new} for each in told.edits],
        "commit": told.commit or None,
    }
