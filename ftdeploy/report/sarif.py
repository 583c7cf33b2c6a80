"""What a check found, as SARIF 2.1.0, which code scanning reads.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any

from ftdeploy.domain.rule import Level, Rule
from ftdeploy.errors import Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FILES = "files-are-right"
"""The rule that a problem of a file's own form breaks."""


def to_sarif(problems: Sequence[Problem], rules: Iterable[Rule[Any]]) -> dict[str, Any]:
    """One run with every rule, and a result for each problem."""
    described = [_describe(each) for each in rules]
    known = {each["id"] for each in described}
    others = sorted({each.rule or _FILES for each in problems} - known)
    described += [{"id": each, "shortDescription": {"text": each.replace("-", " ")}} for each in others]
    driver = {"name": "ftdeploy", "version": version("ftdeploy"), "rules": described}
    index = {each["id"]: number for number, each in enumerate(described)}
    results = [_to_result(each, index) for each in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _describe(rule: Rule[Any]) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "helpUri": rule.source,
        "defaultConfiguration": {"level": _to_level(rule.level)},
    }


def _to_result(problem: Problem, index: dict[str, int]) -> dict[str, Any]:
    rule = problem.rule or _FILES
    place: dict[str, Any] = {"artifactLocation": {"uri": problem.where.name.replace("\\", "/")}}
    if problem.where.line is not None:
        place["region"] = {"startLine": problem.where.line}
    location: dict[str, Any] = {"physicalLocation": place}
    if problem.where.key:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.where.key}]
    return {
        "ruleId": rule,
        "ruleIndex": index[rule],
        "level": _to_level(problem.level),
        "message": {"text": f"{problem.problem}. Hint: {problem.fix}"},
        "locations": [location],
        "partialFingerprints": {"ftdeploy/v1": _fingerprint(rule, problem)},
    }


def _fingerprint(rule: str, problem: Problem) -> str:
    """The same when the lines above change."""
    parts = (rule, problem.where.name, problem.where.key, problem.resource, problem.problem)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _to_level(level: str) -> str:
    return "error" if level == Level.MANDATORY else "warning"
