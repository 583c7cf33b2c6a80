"""The embedded engine beside the Pulumi CLI, on one state: each goes on with, and destroys, what the other made."""

from __future__ import annotations

import shutil

import pytest

from tests.golden import scripted, scripted_journeys
from tests.golden.journeys import JOURNEYS
from tests.golden.transcript import PARTS, find_differences, record_journey
from tests.journey.repository import copy_repository

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="the Pulumi CLI is not on the path"),
]
ENGINES = ("embedded", "pulumi")


@pytest.mark.parametrize(("maker", "destroyer"), [ENGINES, ENGINES[::-1]], ids=["embedded-made", "pulumi-made"])
def test_each_engine_goes_on_with_what_the_other_made(maker, destroyer, tmp_path):
    repository = copy_repository(tmp_path / "contoso")
    repository.engine = maker
    repository.up("dev")
    repository.engine = destroyer
    again = repository.up("dev")
    repository.rehearse("destroy", "dev", "--engine", destroyer)

    assert {op for op, count in again["changes"].items() if count} == {"same"}
    assert repository.made() == set()


@pytest.mark.parametrize("name", JOURNEYS)
def test_engines_do_the_same_side_by_side(name, tmp_path):
    embedded, pulumi = (record_journey(tmp_path / engine, JOURNEYS[name], engine) for engine in ENGINES)

    for mine, theirs in zip(embedded, pulumi, strict=True):
        for part in PARTS:
            assert mine[part] == theirs[part], f"{theirs['step']}: {part}"


@pytest.mark.parametrize("name", scripted_journeys.JOURNEYS)
def test_engines_do_the_same_with_the_scripted_plugin(name, tmp_path):
    steps = scripted_journeys.JOURNEYS[name]
    embedded, pulumi = (scripted.walk(tmp_path / engine, steps, engine) for engine in ENGINES)

    assert find_differences(embedded, pulumi, scripted.PARTS) == []
