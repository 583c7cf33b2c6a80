"""Every behaviour is asked about, or it is said why not."""

from __future__ import annotations

from pathlib import Path

from ftdeploy.rehearsal.azure.behaviours import list_behaviours
from ftdeploy.rehearsal.probe.run import PROBES
from ftdeploy.rehearsal.probe.unprobed import NOT_PROBED
from ftdeploy.rehearsal.probe.watches import WATCHES


def test_every_behaviour_is_probed_or_watched_or_has_a_reason() -> None:
    probed = [each.behaviour for each in PROBES]
    watched = [each.behaviour for each in WATCHES]

    assert sorted([*probed, *watched, *NOT_PROBED]) == [each.id for each in list_behaviours()]


def test_pages_say_how_many_are_not() -> None:
    top = Path(__file__).parents[3]
    guide = (top / "docs" / "guides" / "probe.md").read_text(encoding="utf-8")
    table = (top / "ftdeploy" / "rehearsal" / "azure" / "README.md").read_text(encoding="utf-8")

    assert f"All but {len(NOT_PROBED)} behaviours" in guide
    assert f"all but {len(NOT_PROBED)} of them" in table
