"""Two stacks with deployments in one account, rehearsed at the same time: Azure takes one write at a time."""

from __future__ import annotations

import yaml

from tests.journey.repository import Repository

STACK = "prod-eu-swc"


def test_both_come_through_and_the_conflicts_are_azures(repository: Repository) -> None:
    file = repository.path / f"stacks/{STACK}.yaml"
    other = yaml.safe_load(file.read_text(encoding="utf-8"))
    account = other["accounts"]["support"]
    account["deployments"] = {"other-bot": account["deployments"]["support-bot"]}
    del account["access"]
    file.with_name("other.yaml").write_text(yaml.safe_dump(other), encoding="utf-8")
    repository.edit("fleet.yaml", "rules:", "rules:\n  - match: {}\n    levels: {account-in-one-stack: advisory}")
    repository.rehearse("settings", "set", "operationSeconds", "3")

    started = [repository.start("up", name, "--engine", "embedded") for name in (STACK, "other")]
    told = [each.communicate(timeout=120)[0] for each in started]

    writes = [each for each in repository.ask("requests?after=0")["requests"] if each["method"] == "PUT"]
    assert [each.returncode for each in started] == [0, 0], "\n".join(told)
    assert {each["code"] for each in writes if each["status"] >= 400} == {"RequestConflict"}
    assert {each.rsplit("/", 1)[-1] for each in repository.made() if "/deployments/" in each} == {
        "support-bot",
        "other-bot",
    }
    assert "RequestConflict" not in "\n".join(told)
