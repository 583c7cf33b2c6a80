"""`ftdeploy guard` and the formats of `ftdeploy check`, as commands."""

from __future__ import annotations

import json

import pytest

URN = "urn:pulumi:prod::contoso::azure-native:cognitiveservices:Deployment::support.support-bot"
INPUTS = {"accountName": "contoso-prod", "deploymentName": "support-bot", "sku": {"name": "Standard"}}
STEP = {"op": "delete", "urn": URN, "oldState": {"inputs": INPUTS}}


@pytest.fixture
def preview(tmp_path):
    def write(*steps):
        path = tmp_path / "preview.json"
        path.write_text(json.dumps({"steps": list(steps)}), encoding="utf-8")
        return str(path)

    return write


def test_removal_of_a_guarded_stage_is_refused_until_the_stack_file_allows_it(command, preview):
    refused = command("guard", preview(STEP))
    entry = "removals: [{resource: contoso-prod/support-bot, reason: r, expires: '2099-12-31'}]"
    command.edit("stacks/prod.yaml", "accounts:", f"{entry}\naccounts:")
    allowed = command("guard", preview(STEP))

    assert refused.exit_code == 1
    assert "the update deletes the deployment contoso-prod/support-bot, which is in stage prod" in refused.out
    assert (allowed.exit_code, allowed.out) == (0, "prod: 1 taken away, and may be\n")


def test_nothing_is_lost_by_an_update(command, preview):
    told = command("guard", "--json", preview(STEP | {"op": "update"}))

    assert (told.exit_code, json.loads(told.out)) == (0, {"stack": "prod", "losses": 0, "problems": []})


def test_preview_that_is_none_is_refused(command, tmp_path):
    (tmp_path / "preview.json").write_bytes(b"\xff{")

    told = command("guard", str(tmp_path / "preview.json"))

    assert told.exit_code == 1
    assert "pulumi preview --json" in told.error


def test_removal_without_a_date_is_a_finding_of_check(command):
    entry = "removals: [{resource: contoso-prod/support-bot, reason: r, expires: soon}]"
    command.edit("stacks/prod.yaml", "accounts:", f"{entry}\naccounts:")

    assert "`soon` is not a date" in command("check").out


@pytest.mark.parametrize(("form", "begin"), [("json", '{\n  "stacks"'), ("sarif", '{\n  "$schema"'), ("github", "::")])
def test_findings_come_in_every_format(command, form, begin):
    command.edit("stacks/dev.yaml", "stage: dev", "stage: dve")

    told = command("check", "--format", form)

    assert told.exit_code == 1
    assert told.out.startswith(begin)


def test_check_looks_ahead(command):
    told = command("check", "--as-of", "2027-09-01")

    assert told.exit_code == 1
    assert "is retired on 2027-10-01, in 30 days" in told.out
    assert command("check", "--as-of", "tomorrow").exit_code == 1
