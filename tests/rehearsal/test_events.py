"""Engine events become a telling: what runs, what ended, what was said."""

from __future__ import annotations

import json
import os

import pytest

from ftdeploy.rehearsal.events import Operation, Telling, follow_events

URN = "urn:pulumi:dev::ftdeploy::ftdeploy:index:Account$azure-native:cognitiveservices:Deployment::support.support-bot"
STEP = {"op": "create", "urn": URN, "type": "azure-native:cognitiveservices:Deployment", "new": {"custom": True}}


def test_finished_step_is_told_and_no_longer_running():
    telling = Telling()

    begun = telling.take({"resourcePreEvent": {"metadata": STEP}})
    assert begun is None
    assert list(telling.running) == [URN]

    ended = telling.take({"resOutputsEvent": {"metadata": STEP}})
    assert isinstance(ended, Operation)
    assert not ended.is_quiet
    assert (ended.name, ended.has_failed) == ("support.support-bot", False)
    assert telling.running == {}


def test_planned_step_is_kept_apart():
    telling = Telling()
    telling.take({"resourcePreEvent": {"metadata": STEP, "planning": True}})

    assert telling.take({"resOutputsEvent": {"metadata": STEP, "planning": True}}) is None
    assert telling.running == {}
    assert [each.name for each in telling.planned] == ["support.support-bot"]


def test_component_is_told_by_what_it_is_made_of():
    telling = Telling()
    ended = telling.take({"resOutputsEvent": {"metadata": STEP | {"new": {"urn": URN}}}})

    assert isinstance(ended, Operation)
    assert ended.is_quiet


def test_failed_step_has_failed():
    telling = Telling()
    telling.take({"resOpFailedEvent": {"metadata": STEP, "status": 0, "steps": 1}})

    assert telling.operations[0].has_failed


def test_error_loses_its_colours():
    telling = Telling()
    telling.take({"diagnosticEvent": {"severity": "error", "message": "<{%fg 1%}>no<{%reset%}>\n", "color": "raw"}})

    assert telling.errors == ["no"]


def test_violation_of_preview_and_update_is_told_once():
    violation = {"policyName": "p", "enforcementLevel": "mandatory", "resourceUrn": URN, "message": "m", "color": "raw"}
    telling = Telling()
    telling.take({"policyEvent": violation})
    telling.take({"policyEvent": violation})

    assert len(telling.violations) == 1


@pytest.fixture
def pipe(tmp_path):
    os.mkfifo(tmp_path / "events.pipe")
    return tmp_path / "events.pipe"


def test_unfinished_last_line_of_a_killed_engine_is_no_event(pipe, tmp_path):
    record = tmp_path / "record.json"
    with os.fdopen(os.open(pipe, os.O_RDWR), "wb") as engine:
        engine.write(b'{"sequence": 0}\n{"sequence": 1, "resour')
        engine.flush()

        assert [each for each in follow_events(pipe, record, lambda: True) if each] == [{"sequence": 0}]
    assert record.read_bytes().endswith(b'"resour')


def test_log_that_is_opened_twice_is_read_whole(pipe, tmp_path):
    events = follow_events(pipe, tmp_path / "record.json", lambda: False)
    assert next(events) is None
    for sequence in (0, 1):
        with pipe.open("w") as engine:
            engine.write(json.dumps({"sequence": sequence}) + "\n")
        assert next(each for each in events if each) == {"sequence": sequence}


def test_log_that_nobody_writes_ends_with_its_engine(pipe, tmp_path):
    assert list(follow_events(pipe, tmp_path / "record.json", lambda: True)) == []
