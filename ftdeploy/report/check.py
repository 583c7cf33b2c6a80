"""What a check found, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ftdeploy.errors import Problem, render_problems
from ftdeploy.report.problems import problem_to_json


def render_check(problems: Sequence[Problem], *, stack_count: int, deployment_count: int) -> str:
    """Every problem with its place and hint, or one line that says there is none."""
    if problems:
        return render_problems(problems)
    stacks, deployments = _count(stack_count, "stack"), _count(deployment_count, "deployment")
    return f"{stacks}, {deployments}: no problems"


def to_json(problems: Sequence[Problem], *, stack_count: int, deployment_count: int) -> dict[str, Any]:
    """`{"stacks": 3, "deployments": 3, "problems": [{"file": "stacks/dev.yaml", "line": 14, "key": "…", …}]}`."""
    return {
        "stacks": stack_count,
        "deployments": deployment_count,
        "problems": [problem_to_json(each) for each in problems],
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
