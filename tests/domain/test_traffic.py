"""Sizes for measured traffic."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdeploy.domain.sizing import is_legal
from ftdeploy.domain.traffic import Minute, fit_traffic, normalise_minute
from tests.facts import SIZE

BEGIN = datetime(2026, 11, 2, tzinfo=UTC)
SOLD = replace(SIZE, minimum_ptu=25, step_ptu=25, input_tpm_per_ptu=1_000, output_weight=4)


def make(*tpm: int) -> list[Minute]:
    return [
        Minute(at=BEGIN + timedelta(minutes=number), requests=1, prompt_tokens=each, completion_tokens=0)
        for number, each in enumerate(tpm)
    ]


def test_percentiles_are_those_of_the_nearest_rank():
    peak, p99, p95 = fit_traffic(make(*[1_000] * 95, *[30_000] * 4, 60_000), SOLD)

    assert [int(each.tpm) for each in (peak, p99, p95)] == [60_000, 30_000, 1_000]
    assert [each.capacity_ptu for each in (peak, p99, p95)] == [75, 50, 25]
    assert [each.throttled_minutes for each in (peak, p99, p95)] == [0, 1, 5]


def test_minute_at_exactly_the_size_is_not_throttled():
    assert [each.throttled_minutes for each in fit_traffic(make(25_000), SOLD)] == [0, 0, 0]


@pytest.mark.parametrize(("is_free", "expected"), [(True, 100 - 40 + 4 * 10), (False, 100 + 4 * 10)])
def test_minute_is_normalised_like_a_load(is_free, expected):
    minute = Minute(at=BEGIN, requests=1, prompt_tokens=100, completion_tokens=10, cached_tokens=40)

    assert normalise_minute(minute, replace(SOLD, are_cached_tokens_free=is_free)) == expected


def test_nothing_cannot_be_sized():
    with pytest.raises(ValueError, match="no minutes"):
        fit_traffic([], SOLD)


@settings(deadline=None)
@given(st.lists(st.integers(0, 1_000_000), min_size=1, max_size=200))
def test_every_size_is_legal_and_throttles_no_more_than_its_share(tpm):
    fitted = fit_traffic(make(*tpm), SOLD)

    assert all(is_legal(each.capacity_ptu, SOLD) for each in fitted)
    shares = {"peak": 0, "p99": 0.01, "p95": 0.05}
    assert all(each.throttled_minutes <= shares[each.level] * len(tpm) for each in fitted)
