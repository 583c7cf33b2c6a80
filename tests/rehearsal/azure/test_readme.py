"""The emulator's README says what the registry says."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.readme import README, render_readme


def test_table_of_behaviours_is_fresh() -> None:
    text = README.read_text(encoding="utf-8")

    assert text == render_readme(text), "run: python -m ftdeploy.rehearsal.azure.readme"
