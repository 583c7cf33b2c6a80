"""Findings for code scanning and for a GitHub workflow's log."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from ftdeploy.domain.rules import RULES
from ftdeploy.errors import Place, Problem
from ftdeploy.report.github import render_check
from ftdeploy.report.sarif import to_sarif

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "tests/data/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
"""OASIS's own, from https://github.com/oasis-tcs/sarif-spec (2.1.0, errata 01)."""
PLACE = Place(name="stacks/dev.yaml", line=14, key="accounts.support.deployments.support-bot.ptu")
FOUND = Problem(problem="40 PTU are, 100 % not: sold", where=PLACE, fix="set `ptu: 50`", rule="ptu-at-legal-size")
OTHERS = [
    Problem(problem="p", where=Place(name="fleet.yaml"), fix="f"),
    Problem(problem="p", where=Place(name="fleet.yaml", line=3), fix="f", rule="waiver-idle", level="advisory"),
]


def find_result(*problems):
    [result, *_] = to_sarif(problems, RULES)["runs"][0]["results"]
    return result


@pytest.mark.parametrize("problems", [[], [FOUND], [FOUND, *OTHERS]], ids=len)
def test_sarif_is_valid(problems):
    jsonschema.Draft4Validator(SCHEMA).validate(to_sarif(problems, RULES))


def test_result_points_at_its_rule_and_line():
    log = to_sarif([*OTHERS, FOUND], RULES)["runs"][0]
    result = log["results"][-1]

    assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "ptu-at-legal-size"
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("stacks/dev.yaml", 14)


def test_fingerprint_stays_when_lines_move():
    moved = Problem(
        problem=FOUND.problem, where=Place(name=PLACE.name, line=99, key=PLACE.key), fix="f", rule=FOUND.rule
    )

    assert find_result(moved)["partialFingerprints"] == find_result(FOUND)["partialFingerprints"]
    assert find_result(OTHERS[0])["partialFingerprints"] != find_result(FOUND)["partialFingerprints"]


def test_workflow_commands_are_escaped():
    first, *_ = render_check([FOUND], stack_count=1, deployment_count=1).splitlines()

    assert first == (
        "::error file=stacks/dev.yaml,line=14,title=ptu-at-legal-size::"
        "40 PTU are, 100 %25 not: sold%0Ahint: set `ptu: 50`"
    )


def test_advice_is_a_warning():
    assert render_check([OTHERS[1]], stack_count=1, deployment_count=1).startswith("::warning file=fleet.yaml,line=3")


def test_pre_commit_hook_runs_the_check_on_our_files():
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    ours = ("stacks/dev.yaml", "fleet.yaml", "models/a/1/model.yaml", "catalog.lock.yaml")
    assert all(re.search(hook["files"], each) for each in ours)
    assert not re.search(hook["files"], "docs/stacks.md")
    assert (hook["entry"], hook["pass_filenames"]) == ("ftdeploy check", False)
