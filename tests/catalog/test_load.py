"""The catalogue: dated, sourced, sorted, and refused with what to move or write."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import ftdeploy.catalog.load
from ftdeploy.catalog.load import load_facts
from ftdeploy.errors import InputError

FOLDER = Path(ftdeploy.catalog.load.__file__).parent
TODAY = date(2026, 11, 21)


@pytest.fixture
def folder(tmp_path):
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_newest_figure_that_holds_already_is_taken():
    weights = [load_facts(day).find_size("gpt-4o-mini").output_weight for day in (date(2025, 3, 1), TODAY)]

    assert weights == [3, 4]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        pytest.param("gpt-4o", (50, 50, 2_500, 4), id="gpt-4o"),
        pytest.param("gpt-4o-mini", (25, 25, 37_000, 4), id="gpt-4o-mini"),
        pytest.param("gpt-4.1", (50, 50, 3_000, 4), id="gpt-4.1"),
    ],
)
def test_sizes_are_those_of_september_2026(base, expected):
    size = load_facts(TODAY).find_size(base)

    assert (size.minimum_ptu, size.step_ptu, size.input_tpm_per_ptu, size.output_weight) == expected


def test_nothing_is_known_before_the_first_entry():
    facts = load_facts(date(2020, 1, 1))

    assert (facts.regions, facts.base_models, facts.ptu_sizes, facts.roles) == ({}, frozenset(), {}, {})


def test_files_know_the_same_base_models():
    facts = load_facts(TODAY)

    provisioned = {base for base, sku in facts.offers if sku.is_provisioned}

    assert provisioned <= {base for base, _ in facts.ptu_sizes}
    assert {base for base, _ in facts.offers} == facts.base_models
    assert {each.name for each in facts.lifecycles} <= facts.base_models


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param("- id: gpt-4.1-2026", "- id: gpt-4z-2026", "move `gpt-4.1-mini-2026-09-23` before", id="order"),
        pytest.param("gpt-4o-2026-09-23", "gpt-4o-2025-02-23", "stands twice", id="same id"),
        pytest.param("minimum_ptu: 25", "minimum: 25", "`regional.minimum_ptu` is missing", id="key without unit"),
        pytest.param("  base:", "  x: 1\n  base:", "`x` is not a key", id="unknown key"),
        pytest.param("minimum_ptu: 25", "minimum_ptu: 0", "has the value 0", id="impossible figure"),
        pytest.param('"2026-09-23"', "2026-09-23", "not a date in quotes", id="unquoted date"),
        pytest.param('checked: "2026-11-21"', 'checked: "2026-11-31"', "not a date in quotes", id="no such day"),
        pytest.param("source: https", "source: http", "`source` has the value", id="source without https"),
    ],
)
def test_bad_entry_is_refused_with_what_to_do(folder, old, new, words):
    path = folder / "ptu.yaml"
    path.write_text(path.read_text().replace(old, new))

    with pytest.raises(InputError) as caught:
        load_facts(TODAY, folder=folder)

    assert words in str(caught.value)
