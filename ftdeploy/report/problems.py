"""A problem as JSON."""

from __future__ import annotations

from typing import Any

from ftdeploy.errors import Problem


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """`{"file": "stacks/dev.yaml", "line": 14, "key": "…", "level": "mandatory", "rule": "ptu-at-legal-size", …}`."""
    return {
        "file": problem.where.name,
        "line": problem.where.line,
        "key": problem.where.key,
        "level": problem.level,
        "rule": problem.rule or None,
        "resource": problem.resource or None,
        "problem": problem.problem,
        "fix": problem.fix,
        "allowed": list(problem.allowed),
        "source": problem.source or None,
    }
