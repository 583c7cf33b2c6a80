"""Engine events become a telling: what runs, what ended, what was said."""

from __future__ import annotations

import json

from ftdeploy.rehearsal.events import Operation, Telling, follow_events

URN = "urn:pulumi:dev::ftdeploy::ftdeploy:index:Account$azure-native:cognitiveservices:Deployment::support.support-bot"
STEP = {"op": "create", "urn": URN, "type": "azure-native:cognitiveservices:Deployment"}


def test_finished_step_is_told_and_no_longer_running():
    telling = Telling()

    begun = telling.take({"resourcePreEvent": {"metadata": STEP}})
    assert begun is None
    assert list(telling.running) == [URN]

    ended = telling.take({"resOutputsEvent": {"metadata": STEP}})
    assert isinstance(ended, Operation)
    assert (ended.name, ended.has_failed) == ("support.support-bot", False)
    assert telling.running == {}


def test_planned_step_is_kept_apart():
    telling = Telling()
    telling.take({"resourcePreEvent": {"metadata": STEP, "planning": True}})

    assert telling.take({"resOutputsEvent": {"metadata": STEP, "planning": True}}) is None
    assert telling.running == {}
    assert [each.name for each in telling.planned] == ["support.support-bot"]


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


def test_unfinished_last_line_of_a_killed_engine_is_no_event(tmp_path):
    log = tmp_path / "events.json"
    log.write_text(json.dumps({"sequence": 0}) + '\n{"sequence": 1, "resour', encoding="utf-8")

    assert [each for each in follow_events(log, lambda: True) if each] == [{"sequence": 0}]


def test_log_that_never_appears_ends_with_its_engine(tmp_path):
    assert list(follow_events(tmp_path / "none.json", lambda: True)) == []
