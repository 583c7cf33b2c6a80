"""A month, with the clock moved: what Azure does by itself, and what comes of it."""

from __future__ import annotations

import json

from tests.journey.repository import Repository


def run(repository: Repository, *words: str) -> dict:
    return json.loads(repository.rehearse(*words, "--json").stdout)


def operate(repository: Repository, operation: str) -> dict[str, int]:
    """What changed."""
    changes = run(repository, operation, "dev", "--engine", "embedded")["changes"]
    return {op: count for op, count in changes.items() if count and op != "same"}


def test_silent_deployment_goes_and_comes_back_and_all_is_cleared_away(repository: Repository) -> None:
    operate(repository, "up")
    moved = run(repository, "clock", "advance", "16d")
    refreshed, rebuilt = operate(repository, "refresh"), operate(repository, "up")
    operate(repository, "destroy")
    freed = repository.rehearse("exec", "--as-deployer", "--", "ftdeploy", "purge", "dev", "--yes", "--json")

    [gone] = moved["happened"]
    assert gone["resource"].endswith("/deployments/support-bot")
    assert gone["reason"] == "no calls for 15 days"
    assert [each["id"] for each in moved["assumed"]] == ["azure-deletes-at-once"]
    assert (refreshed, rebuilt) == ({"delete": 1}, {"create": 1})
    assert json.loads(freed.stdout)["accounts"] != []
    assert operate(repository, "up")["create"] > 1


def test_name_of_a_deleted_account_is_taken_and_the_way_out_is_told(repository: Repository) -> None:
    operate(repository, "up")
    operate(repository, "destroy")

    refused = repository.rehearse("up", "dev", "--engine", "embedded", expect=3)

    assert "FlagMustBeSetForRestore" in refused.stderr
    assert "hint: run `rehearse exec --as-deployer -- ftdeploy purge dev --yes`" in refused.stderr


def test_idle_report_goes_by_the_moved_clock(repository: Repository) -> None:
    repository.up("dev")
    repository.rehearse("clock", "advance", "14d")

    report = repository.rehearse("exec", "--", "ftdeploy", "idle", "dev", "--json", expect=None)

    [found] = json.loads(report.stdout)["deployments"]
    assert found["ageDays"] == 14


def test_calls_that_nobody_made_keep_a_deployment_and_show_in_the_idle_report(repository: Repository) -> None:
    repository.up("dev")
    [deployment] = [each for each in repository.made() if "/deployments/" in each]
    account, name = deployment.split("/")[-3], deployment.split("/")[-1]
    repository.rehearse("clock", "advance", "10d")
    repository.rehearse("traffic", "add", account, name, "--calls", "5")

    moved = run(repository, "clock", "advance", "10d")
    report = repository.rehearse("exec", "--", "ftdeploy", "idle", "dev", "--json", expect=None)

    [found] = json.loads(report.stdout)["deployments"]
    assert (moved["happened"], found["ageDays"], found["verdict"]) == ([], 20, "active")
    assert found["lastCallAt"] is not None


def test_program_and_policies_go_by_the_moved_clock(repository: Repository) -> None:
    repository.rehearse("clock", "advance", "400d")

    planned = repository.rehearse("preview", "dev", "--engine", "embedded", expect=None)

    assert planned.stderr.count("is retired since 2027-10-01") == 2, "the program warns, and so does a policy"
