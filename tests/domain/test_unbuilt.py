"""What is not built yet is refused by name."""

from __future__ import annotations

from ftdeploy.domain.stacks import Change
from ftdeploy.domain.unbuilt import check_unbuilt
from ftdeploy.errors import Place
from tests.components.builders import build_account, build_deployment, build_stack


def place(key: str) -> Place:
    return Place(name="stacks/dev.yaml", line=12, key=key)


def test_change_beside_is_refused_with_its_place():
    stack = build_stack(accounts=(build_account(deployments=(build_deployment(change=Change.BESIDE),)),))
    (problem,) = check_unbuilt(stack, place)

    assert str(problem.where) == "stacks/dev.yaml:12 accounts.support.deployments.support-bot.change"
    assert problem.problem.startswith("`change: beside` is not built yet")
    assert "`change: inPlace`" in problem.fix


def test_change_in_place_is_fine():
    assert list(check_unbuilt(build_stack(), place)) == []
