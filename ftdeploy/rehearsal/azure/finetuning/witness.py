"""Which base models are trained where and how, from the emulator's own figures.

Not emulated: training in a data zone, whose value of `trainingType` no page names, and models of other publishers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

STANDARD, GLOBAL, DEVELOPER = "standard", "globalstandard", "developertier"
TRAINING_TYPES = (STANDARD, GLOBAL, DEVELOPER)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainableModel:
    """A base model and how it is trained."""

    name: str
    version: str
    methods: tuple[str, ...]
    """`supervised`, `dpo`, `reinforcement`; the first is the usual one."""
    regions: tuple[str, ...]
    """Where its Standard training is."""
    other_types: tuple[str, ...]
    """What is offered beside Standard, everywhere in the global regions."""

    @property
    def id(self) -> str:
        """`gpt-4o-mini-2024-07-18`, as jobs and names of models have it; the oldest have no version in it."""
        return render_model_id(self.name, self.version)

    def is_trained_in(self, location: str, training_type: str) -> bool:
        """Whether a training type is offered in a region."""
        if training_type == STANDARD:
            return location in self.regions
        return training_type in self.other_types and location in _read_figures()["globalRegions"]


def render_model_id(name: str, version: str) -> str:
    """A base model as the data plane names it."""
    return name if version == "1" else f"{name}-{version}"


def find_trainable(text: str, now: datetime) -> TrainableModel | None:
    """The base model of an id, or of a name without version, that is trained at a moment."""
    wanted = text.lower()
    models = [models for since, models in _list_editions() if since <= now][-1]
    return next((each for each in reversed(models) if wanted in (each.id, each.name)), None)


@cache
def _list_editions() -> tuple[tuple[datetime, tuple[TrainableModel, ...]], ...]:
    return tuple(
        (datetime.fromisoformat(edition["from"]).replace(tzinfo=UTC), tuple(_read(each) for each in edition["models"]))
        for edition in _read_figures()["editions"]
    )


def _read(entry: dict[str, Any]) -> TrainableModel:
    others = ((GLOBAL, entry.get("isGlobal")), (DEVELOPER, entry.get("isDeveloper")))
    return TrainableModel(
        name=entry["name"],
        version=entry["version"],
        methods=tuple(entry["methods"]),
        regions=tuple(entry["regions"]),
        other_types=tuple(name for name, is_offered in others if is_offered),
    )


@cache
def _read_figures() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return found
