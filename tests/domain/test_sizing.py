"""Legal PTU sizes: the minimum plus whole steps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftdeploy.domain.facts import PtuSize
from ftdeploy.domain.sizing import is_legal, list_neighbours


def size(minimum_ptu, step_ptu):
    return PtuSize(
        minimum_ptu=minimum_ptu, step_ptu=step_ptu, input_tpm_per_ptu=1, output_weight=4, source="", checked=""
    )


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
