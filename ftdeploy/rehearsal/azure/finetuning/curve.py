"""How a pretend training goes: losses that fall and accuracies that rise, the same for the same seed."""

from __future__ import annotations

import math
from random import Random

Metrics = dict[str, float]
# azure-ai-docs articles/ai-services/openai/how-to/fine-tuning.md (2024), results.csv.
_COLUMNS = (
    "step",
    "train_loss",
    "train_mean_token_accuracy",
    "valid_loss",
    "validation_mean_token_accuracy",
    "full_valid_loss",
    "full_valid_mean_token_accuracy",
)


def measure_step(seed: int, step: int, steps: int, *, is_validated: bool, is_epoch_end: bool) -> Metrics:
    """What is measured at a step; a step that ends an epoch is measured on all of the validation data too.

    Args:
        seed: the job's.
        step: from 1.
        steps: how many there are in all.
        is_validated: whether the job has validation data.
        is_epoch_end: whether the step is the last of its epoch.
    """
    noise = Random(f"{seed}/{step}")
    loss = 2.0 * math.exp(-3.0 * step / steps) + 0.02 * noise.random()
    found: Metrics = {"step": step, **_render("train", loss)}
    if is_validated:
        found |= _render("valid", 1.1 * loss + 0.05)
    if is_validated and is_epoch_end:
        found |= _render("full_valid", 1.1 * loss + 0.04)
    return found


def render_csv(rows: list[Metrics]) -> bytes:
    """`results.csv`: a line for each step, empty where nothing was measured."""
    lines = [",".join(_COLUMNS), *(",".join(_pick(row, name) for name in _COLUMNS) for row in rows)]
    return "".join(f"{line}\n" for line in lines).encode()


def _pick(row: Metrics, column: str) -> str:
    """The file calls one column otherwise than events and checkpoints do."""
    name = "valid_mean_token_accuracy" if column == "validation_mean_token_accuracy" else column
    return str(row.get(name, ""))


def _render(kind: str, loss: float) -> Metrics:
    return {f"{kind}_loss": round(loss, 6), f"{kind}_mean_token_accuracy": round(math.exp(-0.4 * loss), 6)}
