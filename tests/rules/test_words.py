"""What every rule says in every case, word by word; `python -m tests.rules.words` writes the words again."""

import pytest

from ftdeploy.domain.rules import RULES
from tests.rules.words import list_cases, read_words, render

CASES = list(list_cases())
WORDS = read_words()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.name}")
def test_rule_says_what_is_written(case):
    text = render(case).rstrip()

    assert not case.is_broken or text == WORDS[f"{case.rule}: {case.name}"]


def test_every_rule_is_broken_and_kept_in_some_case():
    assert {each.rule for each in CASES if each.is_broken} == {each.id for each in RULES}


def test_nothing_is_written_that_no_rule_says():
    assert set(WORDS) == {f"{each.rule}: {each.name}" for each in CASES if each.is_broken}
