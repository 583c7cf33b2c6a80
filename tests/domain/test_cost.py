"""What deployments cost: the pages' example to the cent, and gaps instead of zeros."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from ftdeploy.domain.choices import size_load
from ftdeploy.domain.cost import Cost, Costs, Priced, add_up, price_deployment, price_tokens
from ftdeploy.domain.facts import Price, TokenPrices
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.stacks import Load
from tests.facts import CITED, SIZE, make_facts

DAY = date(2026, 3, 19)
TOKENS = TokenPrices(input_usd=Decimal("1.10"), cached_input_usd=None, output_usd=Decimal("4.40"), since=DAY, **CITED)
HOSTING = Price(amount_usd=Decimal("1.70"), since=DAY, **CITED)
PTU = Price(amount_usd=Decimal("1.25"), since=date(2026, 10, 1), **CITED)
LOAD = Load(rpm=100, prompt_tokens=1_000, completion_tokens=200)
FACTS = make_facts(
    hosting_prices={("gpt-4o-mini", Sku.STANDARD): HOSTING},
    token_prices={("gpt-4o-mini", Sku.STANDARD): TOKENS},
    ptu_prices={Sku.PROVISIONED: PTU},
)


def price(sku, capacity=50, load=LOAD, facts=FACTS) -> Cost:
    return price_deployment(base="gpt-4o-mini", sku=sku, capacity=capacity, load=load, facts=facts)


def test_example_of_the_page_to_the_cent():
    """o4-mini: 720 hours of hosting, 20 million input and 40 million output tokens: 1,422.00 USD."""
    tokens = price_tokens(Load(rpm=1, prompt_tokens=20_000_000, completion_tokens=40_000_000), TOKENS)

    assert HOSTING.amount_usd * 720 + tokens == Decimal("1422.00")


def test_token_deployment_costs_hosting_and_up_to_its_load():
    cost = price(Sku.STANDARD)

    minute = Decimal("0.198")  # 100 * (1,000 * 1.10 + 200 * 4.40) / 1,000,000
    assert cost.least_usd == Decimal("1.70") * 730
    assert cost.most_usd == Decimal("1.70") * 730 + minute * 60 * 730
    assert (cost.gaps, cost.prices_since) == (frozenset(), frozenset({DAY}))
    assert cost.least_hour_usd == Decimal("1.70")


def test_provisioned_deployment_costs_its_size_whatever_its_load():
    cost = price(Sku.PROVISIONED, 50)

    assert (cost.least_usd, cost.most_usd) == (Decimal("1.25") * 50 * 730,) * 2
    assert cost.tokens_usd == cost.hosting_usd == 0


@pytest.mark.parametrize(
    ("sku", "load", "facts", "gaps"),
    [
        pytest.param(Sku.GLOBAL_STANDARD, LOAD, FACTS, 2, id="hosting and tokens"),
        pytest.param(Sku.STANDARD, None, FACTS, 1, id="load"),
        pytest.param(Sku.GLOBAL_PROVISIONED, LOAD, FACTS, 1, id="PTU"),
    ],
)
def test_what_has_no_price_is_a_gap(sku, load, facts, gaps):
    assert len(price(sku, load=load, facts=facts).gaps) == gaps


def test_sums_keep_gaps_and_days():
    total = add_up([price(Sku.STANDARD), price(Sku.PROVISIONED), price(Sku.GLOBAL_PROVISIONED)])

    assert total.most_usd == price(Sku.STANDARD).most_usd + price(Sku.PROVISIONED).most_usd
    assert total.gaps == {"a PTU of GlobalProvisionedManaged"}
    assert total.prices_since == {DAY, date(2026, 10, 1)}


def test_sums_are_by_account_and_stack():
    def make(stack, account, sku):
        return Priced(stack=stack, account=account, deployment="bot", sku=sku, capacity=1, cost=price(sku, 1))

    costs = Costs(
        deployments=(
            make("dev", "a", Sku.STANDARD),
            make("dev", "b", Sku.PROVISIONED),
            make("prod", "a", Sku.PROVISIONED),
        )
    )

    assert costs.sum_account("dev", "a") == price(Sku.STANDARD)
    assert costs.sum_stack("dev") == price(Sku.STANDARD) + price(Sku.PROVISIONED, 1)
    assert costs.total == costs.sum_stack("dev") + costs.sum_stack("prod")


def choose(load=LOAD, facts=FACTS, **changes):
    return size_load(load, base="gpt-4o-mini", facts=facts, is_fine_tuned=True, **changes).choices[0]


def test_choice_says_use_head_room_and_price():
    choice = choose(Load(rpm=1_000, prompt_tokens=1_000, completion_tokens=200))

    assert float(choice.needed_ptu) == pytest.approx(48.648, abs=0.001)  # 1,800,000 / 37,000
    assert (choice.capacity_ptu, choice.most_rpm, choice.hour_usd) == (50, 1_027, Decimal("62.50"))
    assert choice.month_usd == Decimal("62.50") * 730
    assert float(choice.utilisation) == pytest.approx(0.973, abs=0.001)


def test_step_below_says_what_would_do():
    below = choose(Load(rpm=1_000, prompt_tokens=1_000, completion_tokens=200)).below

    assert (below.capacity_ptu, below.rpm) == (25, 513)  # 925,000 / 1,800
    assert float(below.cache_rate) == pytest.approx(0.875)  # (1,800,000 - 925,000) / 1,000,000


def test_step_below_that_no_cache_reaches():
    below = choose(Load(rpm=1_000, prompt_tokens=10, completion_tokens=400)).below

    assert below.cache_rate is None


def test_smallest_size_has_none_below():
    assert choose(Load(rpm=1, prompt_tokens=1, completion_tokens=1)).below is None


def test_break_even_counts_hosting():
    choice = choose()

    # (25 PTU * 1.25 - 1.70 hosting) USD an hour / (1,980 USD a million requests * 60 minutes)
    assert choice.break_even_rpm == 249  # 29.55 / 0.1188 = 248.7
    assert choice.token_sku is Sku.STANDARD


@pytest.mark.parametrize("missing", ["hosting_prices", "token_prices", "ptu_prices"])
def test_break_even_needs_every_price(missing):
    facts = make_facts(
        hosting_prices={} if missing == "hosting_prices" else FACTS.hosting_prices,
        token_prices={} if missing == "token_prices" else FACTS.token_prices,
        ptu_prices={} if missing == "ptu_prices" else FACTS.ptu_prices,
    )

    assert choose(facts=facts).break_even_rpm is None


def test_types_that_fine_tuned_models_cannot_have_say_so():
    facts = make_facts(ptu_sizes={("gpt-4o-mini", sku): SIZE for sku in (Sku.PROVISIONED, Sku.GLOBAL_PROVISIONED)})

    by_base = size_load(LOAD, base="gpt-4o-mini", facts=facts, is_fine_tuned=False).choices
    fine_tuned = size_load(LOAD, base="gpt-4o-mini", facts=facts, is_fine_tuned=True).choices

    assert [each.is_offered for each in by_base] == [True, True]
    assert [each.is_offered for each in fine_tuned] == [False, False]


def test_choice_repeats_what_was_asked():
    load = Load(rpm=1_000, prompt_tokens=1_000, completion_tokens=200)
    sized = size_load(load, base="gpt-4o-mini", facts=FACTS, is_fine_tuned=True, cache_rate=Fraction(1, 2))
    [choice] = sized.choices

    assert (sized.base, sized.is_fine_tuned, sized.load, sized.cache_rate) == (
        "gpt-4o-mini",
        True,
        load,
        Fraction(1, 2),
    )
    assert (choice.sku, choice.size) == (Sku.PROVISIONED, SIZE)
    assert choice.normalised_tpm == 1_000 * (500 + 4 * 200)
    assert choice.needed_ptu == choice.normalised_tpm / 37_000
    assert choice.most_rpm == 50 * 37_000 // 1_300


def test_whole_cache_is_the_most_that_a_step_below_may_need():
    """With every prompt token cached, 4 * 231,250 output tokens a minute are exactly 25 PTU; one more is too much."""
    exactly = choose(Load(rpm=1, prompt_tokens=1_000, completion_tokens=231_250)).below
    more = choose(Load(rpm=1, prompt_tokens=1_000, completion_tokens=231_251)).below

    assert (exactly.cache_rate, more.cache_rate) == (1, None)


def test_requests_that_cost_nothing_are_without_number():
    free = Load(rpm=1_000_000, prompt_tokens=1_000, completion_tokens=0)

    assert choose(free, cache_rate=Fraction(1)).most_rpm is None


def test_capacity_that_is_cheaper_than_hosting_breaks_even_at_once():
    cheap = Price(amount_usd=Decimal("0.01"), since=DAY, **CITED)

    facts = make_facts(
        hosting_prices=FACTS.hosting_prices, token_prices=FACTS.token_prices, ptu_prices={Sku.PROVISIONED: cheap}
    )
    assert choose(facts=facts).break_even_rpm == 0


def test_every_price_list_is_dated():
    other = replace(TOKENS, since=date(2026, 5, 1))
    facts = make_facts(hosting_prices=FACTS.hosting_prices, token_prices={("gpt-4o-mini", Sku.STANDARD): other})

    assert price(Sku.STANDARD, facts=facts).prices_since == {DAY, date(2026, 5, 1)}
