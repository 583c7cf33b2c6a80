"""Every rule's good sample is passed in silence, and its bad one is told by every mouth in the same words."""

from __future__ import annotations

import pulumi
import pytest

import infra.program
from ftdeploy.domain.rules import RULES
from ftdeploy.policy.rules import ADVICE, STACK_ADVICE, render_advice, render_violation
from tests.components.pulumi_mocks import Recorder
from tests.rules.samples import ask_files, ask_pack, find_day, load, write_repository

SAMPLED = [each for each in RULES if not each.bad.note]


def by_id(rules):
    return pytest.mark.parametrize("rule", rules, ids=lambda each: each.id)


def find(problems, rule):
    return [each for each in problems if each.rule == rule.id]


@by_id(RULES)
def test_good_sample_is_passed_in_silence(rule, tmp_path):
    loaded, facts = load(write_repository(tmp_path, rule.good), find_day(rule.good))

    assert find(ask_files(loaded, facts), rule) == []
    assert [said for said in ask_pack(loaded, facts) if said[0] == rule.id or f"({rule.id})" in said[1]] == []


@by_id(SAMPLED)
def test_bad_sample_is_told_by_file_and_pack_in_the_same_words(rule, tmp_path):
    loaded, facts = load(write_repository(tmp_path, rule.bad), find_day(rule.bad))
    found = find(ask_files(loaded, facts), rule)

    by_pack = ask_pack(loaded, facts)
    stopping = [render_violation(each) for each in found if each.level == "mandatory"]
    advising = [render_advice(each) for each in found if each.level == "advisory"]
    assert found
    assert all(each.where.line for each in found)
    assert sorted(text for name, text in by_pack if name == rule.id) == sorted(stopping)
    advice = [text for name, text in by_pack if name in (ADVICE, STACK_ADVICE) and f"({rule.id})" in text]
    assert sorted(advice) == sorted(advising)


@by_id(SAMPLED)
def test_bad_sample_is_told_by_the_program(rule, tmp_path, monkeypatch):
    loaded, facts = load(write_repository(tmp_path, rule.bad), find_day(rule.bad))
    monkeypatch.setattr(infra.program, "load_facts", lambda *_, **__: facts)
    recorder = Recorder(root=str(tmp_path), stack="dev")

    try:
        recorder.run(infra.program.main)
        said = recorder.said
    except pulumi.RunError as error:
        said = [*recorder.said, str(error)]

    for each in find(ask_files(loaded, facts), rule):
        assert any(str(each.where) in text and each.problem in text and each.fix in text for text in said)
