"""The rule `ptu-at-legal-size`."""

import pytest

from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.rules.ptu_at_legal_size import RULE


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="legal size"),
        pytest.param({"sku_text": "Standard", "capacity": 40}, id="token SKU"),
        pytest.param({"sku_text": "GlobalBatch", "capacity": 40}, id="SKU not for fine-tuned models"),
        pytest.param({"sku_text": "", "capacity": 40}, id="no SKU"),
    ],
)
def test_good_wish_is_passed_in_silence(wish, facts, changes):
    assert list(RULE.check(wish(**changes), facts)) == []


@pytest.mark.parametrize("sku_text", ["ProvisionedManaged", "ProvisionedStandard", "provisionedmanaged"])
def test_size_between_two_is_refused_with_both_neighbours(wish, facts, sku_text):
    (found,) = RULE.check(wish(capacity=40, sku_text=sku_text), facts)

    assert str(found) == (
        "stacks/dev.yaml:14 accounts.support.deployments.support-bot.ptu\n"
        "error: 40 PTU is not a size that Azure sells for gpt-4o-mini on ProvisionedManaged: "
        "it starts at 25 PTU and goes up by 25 (ptu-at-legal-size)\n"
        "hint: set `ptu: 25` or `ptu: 50`\n"
        "source: https://learn.microsoft.com/sizes (checked 2026-11-21)"
    )


def test_size_below_the_minimum_is_refused_with_the_minimum(wish, facts):
    (found,) = RULE.check(wish(capacity=20), facts)

    assert found.fix == "set `ptu: 25`"


@pytest.mark.parametrize(
    ("base", "words"),
    [
        pytest.param(BaseModel(name="gpt-9", version="2030-01-01"), "no smallest size and step for", id="no figure"),
        pytest.param(None, "nothing tells which base model", id="no base"),
    ],
)
def test_what_cannot_be_checked_is_told_and_does_not_stop(wish, facts, base, words):
    (found,) = RULE.check(wish(base=base), facts)

    assert found.level == "advisory"
    assert words in found.problem
    assert found.rule == RULE.id
