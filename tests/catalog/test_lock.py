"""A repository's own figures win, and a refresh leaves alone what it did not write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ftdeploy.catalog.load import LOCK, load_facts
from ftdeploy.catalog.lock import write_lock
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.offerings import LiveEnd, LiveSize, Offering, find_ends, find_sizes
from ftdeploy.domain.skus import Sku
from ftdeploy.errors import InputError

TODAY = date(2026, 11, 26)
FACTS = load_facts(TODAY)
MINI = BaseModel(name="gpt-4o-mini", version="2024-07-18")
KNOWN = FACTS.find_size("gpt-4o-mini")
PRICE = """\
prices:
  # what our agreement says
  - id: ptu
    kind: ptu
    sku: ProvisionedManaged
    hour_usd: "0.80"
    from: "2026-01-01"
    source: https://contoso.example/agreement
    checked: "2026-11-01"
"""


@pytest.fixture
def lock(tmp_path):
    def write(text):
        path = tmp_path / LOCK
        path.write_text(text, encoding="utf-8")
        return path

    return write


def offer(**changes):
    offering = Offering(
        region="swedencentral",
        model=MINI,
        sizes={Sku.PROVISIONED: (25, 25), Sku.GLOBAL_PROVISIONED: (15, 5)},
        training_retires=date(2027, 4, 1),
        deployment_retires=date(2027, 10, 1),
    )
    return replace(offering, **changes)


def test_lock_that_is_not_there_changes_nothing(tmp_path):
    assert load_facts(TODAY, lock=tmp_path / LOCK) == FACTS


def test_price_of_the_lock_is_known(lock):
    price = load_facts(TODAY, lock=lock(PRICE)).ptu_prices[Sku.PROVISIONED]

    assert (price.amount_usd, price.source) == (Decimal("0.80"), "https://contoso.example/agreement")


def test_lock_wins_over_newer_entries(lock):
    live = LiveSize(base="gpt-4o-mini", regional=(75, 5), shared=(15, 5), known=KNOWN)
    older = write_lock("", [live], [], today=TODAY).replace(str(TODAY), "2020-01-01")

    size = load_facts(TODAY, lock=lock(older)).find_size("gpt-4o-mini")

    assert (size.minimum_ptu, size.step_ptu, size.input_tpm_per_ptu) == (75, 5, 37_000)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(PRICE.replace("    source: https", "    sauce: https"), "`source` is missing", id="source"),
        pytest.param(PRICE.replace('hour_usd: "0.80"', "hour_usd: 0.80"), "has the value 0.8", id="no quotes"),
        pytest.param(PRICE.replace('    hour_usd: "0.80"\n', ""), "has no amount", id="no amount"),
        pytest.param("prizes: []", "has no `prizes`", id="unknown list"),
        pytest.param("prices: {}", "no mapping of lists", id="no list"),
        pytest.param("[", "is no YAML", id="no YAML"),
    ],
)
def test_bad_lock_is_refused(lock, text, words):
    with pytest.raises(InputError) as refused:
        load_facts(TODAY, lock=lock(text))

    assert words in str(refused.value)
    assert LOCK in str(refused.value)


def test_what_azure_says_like_the_catalogue_is_not_written():
    assert list(find_sizes([offer()], FACTS)) == []
    assert list(find_ends([offer()], FACTS)) == []


def test_what_azure_says_otherwise_is_found():
    [size] = find_sizes([offer(sizes={Sku.PROVISIONED: (50, 25)})], FACTS)
    [end] = find_ends([offer(deployment_retires=date(2028, 1, 1))], FACTS)

    assert (size.regional, size.shared) == ((50, 25), (15, 5))
    assert end.deployment_retires == date(2028, 1, 1)


def test_models_that_cannot_be_sized_or_fine_tuned_are_left_out():
    stranger = offer(model=BaseModel(name="gpt-9", version="1"))

    assert list(find_sizes([stranger], FACTS)) == list(find_ends([stranger], FACTS)) == []


def test_refresh_leaves_the_rest_as_it_stands(lock):
    size = LiveSize(base="gpt-4o-mini", regional=(50, 25), shared=(15, 5), known=KNOWN)
    end = LiveEnd(model=MINI, training_retires=None, deployment_retires=date(2028, 1, 1))
    begun = f"# ours\n{PRICE}"

    once = write_lock(begun, [size], [end], today=TODAY)
    twice = write_lock(once, [size], [end], today=TODAY)
    emptied = write_lock(twice, [], [], today=TODAY)

    assert once.startswith(begun)
    assert twice == once
    assert emptied == begun
    facts = load_facts(TODAY, lock=lock(once))
    assert facts.find_size("gpt-4o-mini").minimum_ptu == 50
    assert facts.lifecycles[MINI].deployment_retires == date(2028, 1, 1)
    assert facts.ptu_prices
