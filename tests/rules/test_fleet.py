"""Rules that compare stacks, and those that only programs can break, through the mouths that can hear them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pulumi
import pytest

import infra.program
from ftdeploy.catalog.load import load_facts
from ftdeploy.components.stack import build_stack
from ftdeploy.domain.rule import Sample
from ftdeploy.domain.wanted import wish_for_stack
from ftdeploy.domain.wishes import FleetWish
from ftdeploy.files.load import load_stack
from ftdeploy.policy.rules import render_violation
from ftdeploy.workflows.check import check_files
from tests.components.pulumi_mocks import Recorder
from tests.rules.samples import ask_policies, list_resources, write_repository

TODAY = date(2026, 11, 26)
OTHER_SUBSCRIPTION = "10000000-0000-4000-8000-0000000000d2"
CHANGES = {
    "account-in-one-stack": ("stage: dev", "stage: dev"),
    "names-unique": ("10000000-0000-4000-8000-0000000000d1\nowner", f"{OTHER_SUBSCRIPTION}\nowner"),
}


@pytest.fixture(params=CHANGES, ids=str)
def broken(request, tmp_path):
    """A rule, and a repository whose second stack breaks it."""
    root = write_repository(tmp_path, Sample())
    old, new = CHANGES[request.param]
    text = (root / "stacks/dev.yaml").read_text(encoding="utf-8")
    assert old in text
    (root / "stacks/other.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return request.param, root


def test_every_mouth_says_the_same(broken):
    rule, root = broken
    facts = load_facts(TODAY)
    [found] = [each for each in check_files(root, (), today=TODAY).problems if each.rule == rule]

    with pytest.raises(pulumi.RunError) as refused:
        Recorder(root=str(root), stack="other").run(infra.program.main)
    dev, other = (load_stack(root, name, facts) for name in ("dev", "other"))
    resources = list_resources(Recorder(stack="other").run(lambda: build_stack(other.stack)), stack="other")
    first = wish_for_stack(dev.stack, dev.place, facts)
    ids = {each.id.name: each.id for each in other.stack.accounts}

    def surround(stack):
        accounts = tuple(replace(each, id=ids[each.name]) for each in stack.accounts)
        return FleetWish(stacks=(first, replace(stack, accounts=accounts)))

    said = [text for name, text in ask_policies(resources, other, facts, surround) if name == rule]
    assert found.where.name == "stacks/other.yaml"
    assert str(found.where) in str(refused.value)
    assert found.problem in str(refused.value)
    assert said == [render_violation(found)]


def test_stack_that_is_checked_alone_is_compared_with_the_others(broken):
    rule, root = broken

    assert [each.rule for each in check_files(root, ["other"], today=TODAY).problems] == [rule]
