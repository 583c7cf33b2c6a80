"""What takes days is left in the lab and looked at when it is due, by a pretend Azure's clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ftdeploy.errors import InputError
from ftdeploy.rehearsal.probe.choosing import choose
from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.leaving import come_back, leave, load_stay
from ftdeploy.rehearsal.probe.watches import WATCHES
from tests.rehearsal.probe.laboratory import open_laboratory

DAY_SECONDS = 86400
RICH_EUR = 1000.0
BEGUN = "jobs-go-by-the-clock"
"""Without it nothing can be left: there are no jobs then."""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    opened = open_laboratory(tmp_path)
    yield opened
    opened.wire.tokens.pretend.world.store.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "left.json"


def leave_all(lab: Lab, file: Path, *behaviours: str) -> None:
    leave(lab, choose(lab, RICH_EUR, behaviours, WATCHES).taken, file, lambda _line: None)


def look(lab: Lab, file: Path, *, gives_up: bool = False) -> dict[str, str]:
    """Behaviour to result."""
    stay = load_stay(file)
    findings = come_back(stay, stay.open_lab(lab.wire), file, None, lambda _line: None, gives_up=gives_up)
    return {each.behaviour: str(each.to_json()["result"]) for each in findings}


def test_everything_agrees_when_it_is_due_and_nothing_is_left_at_the_end(lab: Lab, file: Path) -> None:
    leave_all(lab, file)

    soon = look(lab, file)
    lab.wire.pause(2 * DAY_SECONDS)
    later = look(lab, file)
    lab.wire.pause(20 * DAY_SECONDS)
    last = look(lab, file)

    assert soon == {}
    assert last == {"idle-deployments-are-deleted": "agrees"}
    assert later == {each.behaviour: "agrees" for each in WATCHES if each.behaviour not in last}
    assert lab.list_left() == []
    assert not file.exists()


@pytest.mark.parametrize("behaviour", [each.behaviour for each in WATCHES if each.behaviour != BEGUN])
def test_look_differs_where_a_behaviour_is_off(tmp_path: Path, file: Path, behaviour: str) -> None:
    lab = open_laboratory(tmp_path, behaviour)
    leave_all(lab, file, behaviour)
    lab.wire.pause(20 * DAY_SECONDS)

    assert look(lab, file) == {behaviour: "differs"}
    assert lab.list_left() == []


def test_giving_up_clears_away_what_is_not_due(lab: Lab, file: Path) -> None:
    leave_all(lab, file, "uploads-expire")

    assert look(lab, file, gives_up=True) == {}
    assert lab.list_left() == []
    assert not file.exists()


def test_days_of_hosting_are_left_out_under_a_small_cap(lab: Lab) -> None:
    left_out = choose(lab, 5.0, (), WATCHES).left_out

    assert left_out["idle-deployments-are-deleted"].startswith("it may cost 816.00 EUR")


def test_what_cannot_be_left_is_told_and_nothing_stays_for_it(lab: Lab, file: Path) -> None:
    lab.model = "of-nobody"
    told: list[str] = []

    stay = leave(lab, choose(lab, 5.0, ["developer-tier-lasts-a-day"], WATCHES).taken, file, told.append)

    assert told[0].startswith("not tried  developer-tier-lasts-a-day: 400 DeploymentModelNotSupported")
    assert (stay.left, lab.list_left(), file.exists()) == ((), [], False)


def test_file_that_cannot_be_written_leaves_nothing_behind(lab: Lab, tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        leave_all(lab, tmp_path, "uploads-expire")

    assert lab.list_left() == []


def test_file_of_something_else_is_refused(file: Path) -> None:
    file.write_text("[]", encoding="utf-8")

    with pytest.raises(InputError, match="nothing that was left"):
        load_stay(file)
