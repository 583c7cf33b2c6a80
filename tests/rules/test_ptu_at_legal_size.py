"""The rule `ptu-at-legal-size`."""

from datetime import date
from decimal import Decimal

import pytest

from ftdeploy.domain.facts import Price
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.rules.ptu_at_legal_size import RULE
from ftdeploy.domain.skus import Sku
from tests.facts import CITED, make_facts


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="legal size"),
        pytest.param({"sku_text": "Standard", "capacity": 40}, id="token SKU"),
        pytest.param({"sku_text": "GlobalBatch", "capacity": 40}, id="SKU that counts no PTU"),
        pytest.param({"sku_text": "", "capacity": 40}, id="no SKU"),
        pytest.param({"capacity": None}, id="capacity not known"),
        pytest.param({"model": None, "base": None, "capacity": 40}, id="model not known"),
    ],
)
def test_good_wish_is_passed_in_silence(wish, terms, changes):
    assert list(RULE.check(wish(**changes), terms())) == []


@pytest.mark.parametrize("sku_text", ["ProvisionedManaged", "ProvisionedStandard", "provisionedmanaged"])
def test_size_between_two_is_refused_with_both_neighbours(wish, terms, sku_text):
    (found,) = RULE.check(wish(capacity=40, sku_text=sku_text), terms())

    assert str(found) == (
        "stacks/dev.yaml:14 accounts.support.deployments.support-bot.ptu\n"
        "error: 40 PTU is not a size that Azure sells for gpt-4o-mini on ProvisionedManaged: "
        "it starts at 25 PTU and goes up by 25\n"
        "hint: set `ptu: 25` (925,000 input tokens a minute, price unknown) "
        "or `ptu: 50` (1,850,000 input tokens a minute, price unknown)\n"
        "source: https://learn.microsoft.com/sizes (checked 2026-11-21)"
    )


def test_size_below_the_minimum_is_refused_with_the_minimum_and_its_price(wish, terms):
    price = Price(amount_usd=Decimal("1.5"), since=date(2026, 10, 1), **CITED)

    (found,) = RULE.check(wish(capacity=20), terms(make_facts(ptu_prices={Sku.PROVISIONED: price})))

    assert found.fix == "set `ptu: 25` (925,000 input tokens a minute, 37.50 USD an hour)"


@pytest.mark.parametrize(
    ("base", "words"),
    [
        pytest.param(BaseModel(name="gpt-9", version="2030-01-01"), "no smallest size and step for", id="no figure"),
        pytest.param(None, "nothing tells which base model", id="no base"),
    ],
)
def test_what_cannot_be_checked_is_told_and_does_not_stop(wish, terms, base, words):
    (found,) = RULE.check(wish(base=base), terms())

    assert found.level == "advisory"
    assert words in found.problem
