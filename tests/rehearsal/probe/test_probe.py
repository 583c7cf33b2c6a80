"""The live probe against the pretend Azure: all agrees, and differs once a behaviour is switched off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ftdeploy.errors import InputError
from ftdeploy.rehearsal.azure.behaviours import Tag, read_behaviour
from ftdeploy.rehearsal.probe import places
from ftdeploy.rehearsal.probe.choosing import choose
from ftdeploy.rehearsal.probe.lab import Lab, open_lab
from ftdeploy.rehearsal.probe.run import PROBES, run
from tests.rehearsal.azure.scenarios import OTHER_TENANT, PIPELINE, SUBSCRIPTION, TENANT, TRAINED_MODEL
from tests.rehearsal.probe.laboratory import open_laboratory

RICH_EUR = 1000.0
REFUSED = {
    "calls-are-counted-at-once",
    "intervals-without-calls-count-0",
    "metrics-in-whole-intervals",
    "metrics-lack-other-aggregations",
}
"""Without these there are no metrics to look at."""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    opened = open_laboratory(tmp_path)
    yield opened
    opened.wire.tokens.pretend.world.store.close()


def ask(lab: Lab, *behaviours: str) -> dict[str, str]:
    """Behaviour to result."""
    findings = run(lab, choose(lab, RICH_EUR, behaviours, PROBES).taken, None, lambda _line: None)
    return {each.behaviour: str(each.to_json()["result"]) for each in findings}


def test_everything_agrees_with_the_pretend_azure_and_nothing_is_left(lab: Lab) -> None:
    results = ask(lab)

    assert {name: result for name, result in results.items() if result != "agrees"} == {}
    assert set(results) == {each.behaviour for each in PROBES}
    assert lab.list_left() == []
    assert lab.wire.ask("GET", lab.group, version="2024-03-01").status == 404


@pytest.mark.parametrize("behaviour", [each.behaviour for each in PROBES])
def test_probe_does_not_agree_where_a_behaviour_is_off(tmp_path: Path, behaviour: str) -> None:
    lab = open_laboratory(tmp_path, behaviour)

    assert ask(lab, behaviour) == {behaviour: "not tried" if behaviour in REFUSED else "differs"}
    assert lab.list_left() == [] or behaviour == "groups-take-their-contents"


def _work_until_interrupted(lab: Lab) -> None:
    with open_lab(lab):
        lab.deploy("half")
        lab.make_account("x")
        raise KeyboardInterrupt


def test_throttled_and_busy_azure_is_asked_again(lab: Lab) -> None:
    settings = lab.wire.tokens.pretend.world.settings
    settings.put("armReads", 1)
    settings.put("armReadsPerSecond", 1)

    with open_lab(lab):
        first = lab.deploy("first")
        second = lab.deploy("second")

    assert (first.status, second.status) == (201, 201)


def test_job_that_takes_a_step_at_once_is_told_without_a_long_wait(lab: Lab) -> None:
    settings = lab.wire.tokens.pretend.world.settings
    settings.put("trainingQueueSeconds", 35)
    settings.put("trainingEpochSeconds", 20)
    begun = lab.wire.now()

    results = ask(lab, "jobs-can-be-paused")

    assert results == {"jobs-can-be-paused": "differs"}
    assert (lab.wire.now() - begun).total_seconds() < 600


def test_interrupt_leaves_nothing_behind(lab: Lab) -> None:
    with pytest.raises(KeyboardInterrupt):
        _work_until_interrupted(lab)

    assert lab.list_left() == []


def test_cap_leaves_out_what_costs_more_and_refuses_it_by_name(lab: Lab) -> None:
    choice = choose(lab, 0.5, (), PROBES)

    assert choice.price_eur <= 0.5
    assert "it may cost 2.00 EUR" in choice.left_out["source-account-must-be-readable"]
    assert "ptu-sizes" in {each.behaviour for each in choice.taken}
    with pytest.raises(InputError, match=r"source-account-must-be-readable: it may cost 2\.00 EUR"):
        choose(lab, 0.5, ["source-account-must-be-readable"], PROBES)


def test_names_without_a_probe_are_refused_with_the_reason(lab: Lab) -> None:
    with pytest.raises(InputError, match="no probe for nothing"):
        choose(lab, 10.0, ["nothing"], PROBES)
    with pytest.raises(InputError, match=r"answers-are-pretend \(it is about the pretend Azure alone\)"):
        choose(lab, 10.0, ["answers-are-pretend"], PROBES)


def test_what_a_probe_needs_and_has_not_is_said(lab: Lab) -> None:
    lab.model = lab.tenant = ""

    left_out = choose(lab, RICH_EUR, (), PROBES).left_out

    assert left_out["token-of-the-subscriptions-tenant"].startswith("it needs another tenant")
    assert left_out["fine-tuned-models-are-listed"].startswith("it needs a fine-tuned model")


def test_recordings_of_the_pretend_azure_say_so_and_count_for_nothing(lab: Lab, tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    run(lab, choose(lab, 0.0, ["ptu-sizes"], PROBES).taken, folder, lambda _line: None)
    file = folder / "ptu-sizes.json"
    entry = {"id": "ptu-sizes", "title": "Sizes.", "tag": "documented", "source": "a page"}

    pretended = read_behaviour(entry, folder)
    file.write_text(file.read_text(encoding="utf-8").replace('"a pretend Azure"', '"Azure"'), encoding="utf-8")
    recorded = read_behaviour(entry, folder)

    assert (pretended.tag, pretended.source) == (Tag.DOCUMENTED, "a page")
    assert (recorded.tag, recorded.source.startswith("recordings/ptu-sizes.json")) == (Tag.RECORDED, True)
    assert json.loads(file.read_text(encoding="utf-8"))["exchanges"] != []


def test_recordings_have_nothing_of_the_subscription_in_them(lab: Lab, tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    run(lab, choose(lab, RICH_EUR, (), PROBES).taken, folder, lambda _line: None)

    text = "\n".join(file.read_text(encoding="utf-8").lower() for file in folder.iterdir())

    assert len(list(folder.iterdir())) == len(PROBES)
    known = [SUBSCRIPTION, TENANT, OTHER_TENANT, *PIPELINE.values(), TRAINED_MODEL, "rg-training"]
    known += [lab.mark, "contoso", "127.0.0.1", "eyj"]
    assert [each for each in known if each.lower() in text] == []
    assert not re.search(r"[0-9a-f]{32}", text)


def test_only_azure_is_called_azure() -> None:
    assert places.REAL == "https://management.azure.com"
