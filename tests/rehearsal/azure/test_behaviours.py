"""The registry is complete, and every behaviour is what makes its check hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ftdeploy.rehearsal.azure import behaviours
from ftdeploy.rehearsal.azure.behaviours import Switches, UnknownBehaviour, list_behaviours
from tests.rehearsal.azure.checks import CHECKS
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.scenarios import build_scenario

SOURCE = Path(behaviours.__file__).parent


@pytest.mark.parametrize("behaviour", sorted(CHECKS))
def test_behaviour_on_holds(behaviour: str, pretend: Pretend) -> None:
    CHECKS[behaviour](pretend)


@pytest.mark.parametrize("behaviour", sorted(CHECKS))
def test_behaviour_off_is_missed(behaviour: str, tmp_path: Path) -> None:
    pretend = open_pretend(tmp_path, build_scenario(), without=[behaviour])

    with pytest.raises(AssertionError):
        CHECKS[behaviour](pretend)

    pretend.world.store.close()


def test_every_behaviour_has_a_check() -> None:
    assert set(CHECKS) == {each.id for each in list_behaviours()}


def test_registry_is_sorted_and_sourced() -> None:
    ids = [each.id for each in list_behaviours()]

    assert ids == sorted(set(ids))
    assert all(each.source and each.title.endswith(".") for each in list_behaviours())


def test_every_registered_behaviour_is_leaned_on_somewhere() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    quoted = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', code))

    assert {each.id for each in list_behaviours()} <= quoted


def test_misspelt_behaviour_names_the_nearest() -> None:
    with pytest.raises(UnknownBehaviour, match="did you mean ptu-sizes"):
        Switches(["ptu-size"])
