"""`rehearse clock`, `fault` and `settings`: they steer what the next command meets."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from tests.journey.repository import Repository


def test_clock_is_shown_and_set_and_goes_only_forward(repository: Repository) -> None:
    repository.rehearse("clock", "set", "2050-01-01")

    shown = json.loads(repository.rehearse("clock", "show", "--json").stdout)
    refused = repository.rehearse("clock", "set", "2049-01-01", expect=1)

    assert datetime.fromisoformat(shown["now"]).year == 2050
    assert "the clock only goes forward" in refused.stderr


@pytest.mark.parametrize("duration", ["15", "15x", "d", "-1d", "1d 2h"])
def test_duration_that_is_none_is_refused(repository: Repository, duration: str) -> None:
    refused = repository.rehearse("clock", "advance", "--", duration, expect=1)

    assert f"`{duration}` is no duration" in refused.stderr


def test_faults_are_listed_with_what_they_struck_and_are_overcome(repository: Repository) -> None:
    repository.rehearse("fault", "add", "409", "PUT */deployments/*", "--count", "2")

    done = repository.up("dev")

    listed = json.loads(repository.rehearse("fault", "list", "--json").stdout)["faults"]
    assert (done["exitCode"], [each["struck"] for each in listed]) == (0, [2])
    assert "1 forgotten" in repository.rehearse("fault", "clear").stdout


def test_operation_that_fails_is_told_and_what_failed_must_be_deleted(repository: Repository) -> None:
    repository.rehearse("fault", "add", "operation-fails", "PUT */deployments/*")

    failed = repository.up("dev", expect=3)
    again = repository.rehearse("up", "dev", "--engine", repository.engine, expect=3).stderr
    hint = next(line for line in again.splitlines() if line.startswith("hint: run `rehearse up dev --target-replace"))
    mended = repository.up("dev", "--target-replace", hint.split("'")[1])

    assert any("InternalServerError" in each for each in failed["errors"])
    assert "please delete it before creating a new one" in again
    assert (mended["exitCode"], mended["changes"]["replace"]) == (0, 1)


def test_fault_that_cannot_be_is_refused_with_an_example(repository: Repository) -> None:
    refused = repository.rehearse("fault", "add", "418", expect=1)

    assert "kind is one of 409," in refused.stderr
    assert "hint: write it as `rehearse fault add 429" in refused.stderr


def test_settings_are_shown_and_set(repository: Repository) -> None:
    repository.rehearse("settings", "set", "idleDays", "20")

    shown = json.loads(repository.rehearse("settings", "show", "--json").stdout)
    refused = repository.rehearse("settings", "set", "idleDays", "soon", expect=1)

    assert shown["idleDays"] == 20
    assert "idleDays" in refused.stderr


def test_calls_that_nobody_made_are_shown(repository: Repository) -> None:
    repository.up("dev")
    [deployment] = [each for each in repository.made() if "/deployments/" in each]
    account, name = deployment.split("/")[-3], deployment.split("/")[-1]

    added = repository.rehearse("traffic", "add", account, name, "--calls", "1000000", "--from", "2026-01-01", "--json")

    assert json.loads(added.stdout) == {"calls": 1_000_000}
    assert f"{account}/{name}  1000000 calls, 0 failed" in repository.rehearse("traffic", "show").stdout


def test_calls_that_cannot_have_been_are_refused_with_an_example(repository: Repository) -> None:
    refused = repository.rehearse("traffic", "add", "nowhere", "bot", expect=1)

    assert "there is no account nowhere" in refused.stderr
    assert "hint: write it as `rehearse traffic add contoso-dev" in refused.stderr
