"""The live probe against the pretend Azure: all agrees, and differs once a behaviour is switched off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ftdeploy.errors import InputError
from ftdeploy.rehearsal.azure.behaviours import Tag, get_behaviour, read_behaviour
from ftdeploy.rehearsal.probe import run as probing
from ftdeploy.rehearsal.probe.lab import Lab, open_lab
from ftdeploy.rehearsal.probe.run import PROBES, choose, run
from ftdeploy.rehearsal.probe.wire import Wire
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.scenarios import (
    SUBSCRIPTION,
    TRAINED_MODEL,
    TRAINING_ACCOUNT,
    build_scenario,
)

BASE = "https://127.0.0.1:20443"


@dataclass
class Given:
    """Tokens of the pretend Azure, as a credential gives them."""

    pretend: Pretend
    token: str = ""

    def get_token(self, *scopes: str) -> Given:
        return replace(self, token=self.pretend.get_token(scopes[0].removesuffix("/.default")))


def open_wire(folder: Path, *without: str) -> Lab:
    scenario = build_scenario()
    scenario["quota"].append(
        {
            "subscription": SUBSCRIPTION,
            "location": "swedencentral",
            "name": "OpenAI.GlobalStandard.gpt-4o-mini",
            "limit": 50,
        }
    )
    pretend = open_pretend(folder, scenario, without=without, operation_seconds=0.05)
    wire = Wire(pretend.http, Given(pretend), BASE)
    return Lab(
        wire=wire, subscription=SUBSCRIPTION, region="swedencentral", model=TRAINED_MODEL, source=TRAINING_ACCOUNT
    )


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    opened = open_wire(tmp_path)
    yield opened
    opened.wire.tokens.pretend.world.store.close()


def ask(lab: Lab, *behaviours: str) -> dict[str, str]:
    """Behaviour to result."""
    findings = [each.to_json() for each in run(lab, choose(lab, 10.0, behaviours), None, lambda _line: None)]
    return {each["behaviour"]: each["result"] for each in findings}


def test_everything_agrees_with_the_pretend_azure_and_nothing_is_left(lab: Lab) -> None:
    results = ask(lab)

    assert {name: result for name, result in results.items() if result != "agrees"} == {}
    assert set(results) == {each.behaviour for each in PROBES}
    assert lab.list_left() == []
    assert lab.wire.ask("GET", lab.group, version="2024-03-01").status == 404


@pytest.mark.parametrize("behaviour", [each.behaviour for each in PROBES if get_behaviour(each.behaviour).can_be_off])
def test_probe_differs_where_a_behaviour_is_off(tmp_path: Path, behaviour: str) -> None:
    lab = open_wire(tmp_path, behaviour)

    assert ask(lab, behaviour) == {behaviour: "differs"}
    assert lab.list_left() == []


def _work_until_interrupted(lab: Lab) -> None:
    with open_lab(lab):
        lab.deploy("half")
        lab.make_account("x")
        raise KeyboardInterrupt


def test_interrupt_leaves_nothing_behind(lab: Lab) -> None:
    with pytest.raises(KeyboardInterrupt):
        _work_until_interrupted(lab)

    assert lab.list_left() == []


def test_cap_is_kept_and_names_are_known(lab: Lab) -> None:
    with pytest.raises(InputError, match=r"the cap is 0\.50 EUR"):
        choose(lab, 0.5)
    with pytest.raises(InputError, match="no probe for nothing"):
        choose(lab, 10.0, ["nothing"])

    assert choose(lab, 0.0, ["ptu-sizes"]) != []


def test_recordings_of_the_pretend_azure_say_so_and_count_for_nothing(lab: Lab, tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    run(lab, choose(lab, 0.0, ["ptu-sizes"]), folder, lambda _line: None)
    file = folder / "ptu-sizes.json"
    entry = {"id": "ptu-sizes", "title": "Sizes.", "tag": "documented", "source": "a page", "canBeOff": True}

    pretended = read_behaviour(entry, folder)
    file.write_text(file.read_text(encoding="utf-8").replace('"a pretend Azure"', '"Azure"'), encoding="utf-8")
    recorded = read_behaviour(entry, folder)

    assert (pretended.tag, pretended.source) == (Tag.DOCUMENTED, "a page")
    assert (recorded.tag, recorded.source.startswith("recordings/ptu-sizes.json")) == (Tag.RECORDED, True)
    assert json.loads(file.read_text(encoding="utf-8"))["exchanges"] != []


def test_only_azure_is_called_azure() -> None:
    assert probing.REAL == "https://management.azure.com"
