"""Every seeded defect of engine and plugin is noticed by a golden transcript, and a copy without one passes."""

from __future__ import annotations

import pytest

from tests.golden import journeys, scripted, scripted_journeys
from tests.golden.mutants import MUTANTS, copy_package
from tests.golden.transcript import PARTS, find_differences, load_record, record_journey


def walk_copy(folder, monkeypatch, *, mutant, journey, steps) -> list[str]:
    """Where a copy of the package, with a defect or without, departs from the record of a journey's first steps."""
    copy_package(folder / "package", mutant)
    monkeypatch.setenv("PYTHONPATH", str(folder / "package"))
    recorded = load_record(journey)[:steps]
    if journey.startswith("scripted/"):
        wanted = scripted_journeys.JOURNEYS[journey.removeprefix("scripted/")]
        return find_differences(scripted.walk(folder / "demo", wanted[:steps], "embedded"), recorded, scripted.PARTS)
    wanted = journeys.JOURNEYS[journey]
    return find_differences(record_journey(folder / "contoso", wanted[:steps], "embedded"), recorded, PARTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_defect_is_noticed(mutant, tmp_path, monkeypatch):
    assert walk_copy(tmp_path, monkeypatch, mutant=mutant, journey=mutant.journey, steps=mutant.steps)


@pytest.mark.parametrize(("journey", "steps"), [("scripted/chain", 4), ("dev", 2)])
def test_copy_without_a_defect_passes(journey, steps, tmp_path, monkeypatch):
    assert walk_copy(tmp_path, monkeypatch, mutant=None, journey=journey, steps=steps) == []
