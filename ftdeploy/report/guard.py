"""What a guard found, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ftdeploy.errors import Problem, render_problems
from ftdeploy.report.problems import problem_to_json


def render_guard(problems: Sequence[Problem], *, stack: str, loss_count: int) -> str:
    """Every problem, or one line that says how much goes, and may."""
    if problems:
        return render_problems(problems)
    if not loss_count:
        return f"{stack}: nothing is taken away"
    return f"{stack}: {loss_count} taken away, and may be"


def to_json(problems: Sequence[Problem], *, stack: str, loss_count: int) -> dict[str, Any]:
    """`{"stack": "prod-eu-swc", "losses": 1, "problems": [{"file": "urn:…", "rule": "removal-allowed", …}]}`."""
    return {"stack": stack, "losses": loss_count, "problems": [problem_to_json(each) for each in problems]}
