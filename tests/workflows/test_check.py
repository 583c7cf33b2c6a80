from __future__ import annotations

from datetime import date

import pytest

from ftdeploy.workflows.check import check_files
from tests.cli.contoso import write_repository

TODAY = date(2026, 11, 21)


@pytest.fixture
def root(tmp_path):
    return write_repository(tmp_path)


def check(root, *names):
    return check_files(root, names, today=TODAY)


def edit(root, name, old, new):
    path = root / name
    path.write_text(path.read_text().replace(old, new))


def test_all_stacks_are_checked_by_default(root):
    checked = check(root)

    assert (checked.stack_count, checked.deployment_count, checked.problems) == (2, 2, ())
    assert checked.has_passed


def test_problems_of_several_stacks_come_together(root):
    edit(root, "stacks/dev.yaml", "stage: dev", "stage: dve")
    edit(root, "stacks/prod.yaml", "kTpm: 10", "ptu: 10")

    checked = check(root)

    assert {each.where.name for each in checked.problems} == {"stacks/dev.yaml", "stacks/prod.yaml"}
    assert not checked.has_passed


def test_named_stack_is_checked_alone(root):
    edit(root, "stacks/dev.yaml", "stage: dev", "stage: dve")

    assert check(root, "prod", "prod").stack_count == 1
    assert check(root, "prod").has_passed


def test_problem_of_the_fleet_is_told_once(root):
    edit(root, "fleet.yaml", "after: [dev]", "after: [dve]")

    assert [each.where.name for each in check(root).problems] == ["fleet.yaml"]


def test_altered_model_that_no_stack_names_is_found(root):
    (root / "models" / "support-bot" / "0123456789ab").mkdir()
    (root / "models" / "support-bot" / "0123456789ab" / "model.yaml").write_text("base: {}\n")

    assert any("models/support-bot/0123456789ab" in each.where.name for each in check(root).problems)


def test_rules_speak_with_file_and_line(root):
    edit(root, "stacks/dev.yaml", "sku: Standard\n        kTpm: 10", "sku: ProvisionedStandard\n        ptu: 26")

    [problem] = [each for each in check(root).problems if each.level == "mandatory"]

    assert (problem.rule, str(problem.where)) == (
        "ptu-at-legal-size",
        "stacks/dev.yaml:14 accounts.support.deployments.support-bot.ptu",
    )
