"""Sizes of provisioned throughput: the sheets' worked ones, what can be bought, and what can never happen."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdeploy.domain.facts import PtuSize
from ftdeploy.domain.sizing import count_ptu, find_step_below, fit, is_legal, list_neighbours, normalise
from ftdeploy.domain.stacks import Load


def size(minimum_ptu, step_ptu, *, tpm=1, weight=4, are_cached_tokens_free=True):
    return PtuSize(
        minimum_ptu=minimum_ptu,
        step_ptu=step_ptu,
        input_tpm_per_ptu=tpm,
        output_weight=weight,
        are_cached_tokens_free=are_cached_tokens_free,
        source="",
        checked="",
    )


def load(rpm=1_000, prompt_tokens=200, completion_tokens=50):
    return Load(rpm=rpm, prompt_tokens=prompt_tokens, completion_tokens=completion_tokens)


loads = st.builds(load, st.integers(1, 100_000), st.integers(1, 200_000), st.integers(0, 50_000))
sizes = st.builds(
    lambda minimum, step, tpm, weight: size(minimum, step, tpm=tpm, weight=weight),
    st.integers(1, 200),
    st.integers(1, 200),
    st.integers(1, 60_000),
    st.integers(1, 10),
)
rates = st.fractions(0, 1, max_denominator=1_000)


@pytest.mark.parametrize(
    ("sold", "wanted", "cache_rate", "needed_ptu", "capacity_ptu"),
    [
        pytest.param(size(50, 50, tpm=2_500, weight=3), load(), 0, 140, 150, id="gpt-4o regional, February 2025"),
        pytest.param(size(50, 50, tpm=2_500, weight=4), load(), 0, 160, 200, id="gpt-4o regional, 2026"),
        pytest.param(size(15, 5, tpm=3_400, weight=8), load(1_000, 200, 20), 0, "105.88", 110, id="gpt-5.2 shared"),
        pytest.param(size(50, 50, tpm=3_400, weight=8), load(1_000, 200, 20), 0, "105.88", 150, id="gpt-5.2 regional"),
        pytest.param(size(15, 5, tpm=3_400, weight=8), load(1_000, 200, 20), "1/2", "76.47", 80, id="half cached"),
        pytest.param(size(50, 50, tpm=3_400, weight=8), load(1_000, 200, 20), "1/2", "76.47", 100, id="regional"),
    ],
)
def test_worked_sizes_of_the_pages(sold, wanted, cache_rate, needed_ptu, capacity_ptu):
    needed = count_ptu(wanted, sold, Fraction(cache_rate))

    assert round(needed, 2) == Fraction(needed_ptu)
    assert fit(needed, sold) == capacity_ptu


def test_output_weight_is_a_multiplier():
    assert normalise(load(10, 100, 7), size(1, 1, weight=3)) == 10 * (100 + 21)


@pytest.mark.parametrize(("is_free", "expected"), [(True, 10 * 75), (False, 10 * 100)])
def test_cached_tokens_count_where_the_catalogue_says_so(is_free, expected):
    sold = size(1, 1, are_cached_tokens_free=is_free)

    assert normalise(load(10, 100, 0), sold, Fraction(1, 4)) == expected


@pytest.mark.parametrize(
    ("needed_ptu", "expected"),
    [("0", 25), ("25", 25), ("25.0001", 75), ("75", 75), ("75.5", 125)],
)
def test_steps_are_counted_from_the_minimum(needed_ptu, expected):
    assert fit(Fraction(needed_ptu), size(25, 50)) == expected


@pytest.mark.parametrize(("capacity_ptu", "expected"), [(25, None), (10, None), (75, 25), (60, 25), (125, 75)])
def test_step_below(capacity_ptu, expected):
    assert find_step_below(capacity_ptu, size(25, 50)) == expected


@settings(deadline=None)
@given(loads, sizes, rates)
def test_size_is_legal_enough_and_the_smallest(wanted, sold, cache_rate):
    needed = count_ptu(wanted, sold, cache_rate)

    capacity_ptu = fit(needed, sold)

    below = find_step_below(capacity_ptu, sold)
    assert is_legal(capacity_ptu, sold)
    assert capacity_ptu >= needed
    assert below is None or below < needed


@settings(deadline=None)
@given(loads, sizes, rates, st.integers(0, 1_000))
def test_more_load_never_needs_less(wanted, sold, cache_rate, more):
    here = fit(count_ptu(wanted, sold, cache_rate), sold)

    for name in ("rpm", "prompt_tokens", "completion_tokens"):
        grown = {each: getattr(wanted, each) for each in ("rpm", "prompt_tokens", "completion_tokens")}
        grown[name] += more
        assert fit(count_ptu(load(**grown), sold, cache_rate), sold) >= here
    assert fit(count_ptu(wanted, sold, cache_rate / 2), sold) >= here


@pytest.mark.parametrize(
    ("capacity_ptu", "minimum_ptu", "step_ptu", "expected"),
    [
        pytest.param(40, 25, 25, (25, 50), id="the documented example that is no size"),
        pytest.param(50, 25, 25, (50,), id="legal"),
        pytest.param(25, 25, 25, (25,), id="the minimum itself"),
        pytest.param(1, 50, 50, (50,), id="below the minimum"),
        pytest.param(51, 15, 5, (50, 55), id="small steps"),
        pytest.param(50, 25, 50, (25, 75), id="steps counted from the minimum"),
    ],
)
def test_neighbours_of_a_size(capacity_ptu, minimum_ptu, step_ptu, expected):
    assert list_neighbours(capacity_ptu, size(minimum_ptu, step_ptu)) == expected


@settings(deadline=None)
@given(st.integers(1, 100_000), st.integers(1, 500), st.integers(1, 500))
def test_neighbours_are_legal_and_nearest(capacity_ptu, minimum_ptu, step_ptu):
    sold = size(minimum_ptu, step_ptu)

    found = list_neighbours(capacity_ptu, sold)

    assert all(is_legal(each, sold) for each in found)
    assert is_legal(capacity_ptu, sold) == (found == (capacity_ptu,))
    assert all(abs(each - capacity_ptu) < max(step_ptu, minimum_ptu) for each in found)
