"""Stages that wait for each other are found."""

import pytest

from ftdeploy.domain.fleet import find_cycle


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        pytest.param({}, (), id="no stages"),
        pytest.param({"dev": (), "prod": ("dev",)}, (), id="a line"),
        pytest.param({"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c")}, (), id="a diamond"),
        pytest.param({"a": ("unknown",)}, (), id="an unknown stage"),
        pytest.param({"a": ("a",)}, ("a", "a"), id="itself"),
        pytest.param({"x": (), "a": ("x", "b"), "b": ("c",), "c": ("a",)}, ("a", "b", "c", "a"), id="three in a ring"),
        pytest.param({"x": ("a",), "a": ("b",), "b": ("a",)}, ("a", "b", "a"), id="a way into a ring"),
    ],
)
def test_ring_of_stages_is_found(stages, expected):
    assert find_cycle(stages) == expected


def test_long_line_of_stages_needs_no_deep_stack():
    stages = {f"s{at}": (f"s{at + 1}",) for at in range(2_000)}

    assert find_cycle(stages) == ()
