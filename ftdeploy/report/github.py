"""What a check found, as commands that a GitHub workflow's log turns into annotations.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Sequence

from ftdeploy.errors import Problem
from ftdeploy.report.check import render_check as render_text


def render_check(problems: Sequence[Problem], *, stack_count: int, deployment_count: int) -> str:
    """One `::error …::` or `::warning …::` for each problem, then what people read in the log."""
    commands = [_render(each) for each in problems]
    return "\n".join([*commands, render_text(problems, stack_count=stack_count, deployment_count=deployment_count)])


def _render(problem: Problem) -> str:
    command = "error" if problem.level == "mandatory" else "warning"
    properties = {"file": problem.where.name, "line": problem.where.line, "title": problem.rule or problem.where.key}
    said = ",".join(f"{key}={_escape_property(str(value))}" for key, value in properties.items() if value)
    text = f"{problem.problem}\nhint: {problem.fix}"
    return f"::{command} {said}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
