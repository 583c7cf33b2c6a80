"""`rehearse seed`: a scenario of one's own estate, on which another rehearsal begins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.journey.repository import Repository, copy_repository

PROD = "10000000-0000-4000-8000-0000000000a1"


@pytest.fixture
def second(tmp_path: Path) -> Repository:
    return copy_repository(tmp_path / "second")


def test_stack_is_built_anew_in_the_world_that_its_export_tells(repository: Repository, second: Repository) -> None:
    repository.up("prod-us-ncu")
    export = repository.rehearse("exec", "--", "pulumi", "stack", "export", "-s", "prod-us-ncu").stdout
    (second.path / "export.json").write_text(export, encoding="utf-8")

    second.rehearse("seed", "--from-stack-export", "export.json", "--out", "scenario.yaml")
    done = second.up("prod-us-ncu", "--scenario", "scenario.yaml")

    assert done["exitCode"] == 0
    assert second.made() == repository.made()


def test_subscription_is_read_whole_and_rehearsed_on(repository: Repository, second: Repository) -> None:
    repository.up("prod-eu-swc")
    words = ("seed", "--from-azure", PROD, "--out", str(second.path / "scenario.yaml"))
    repository.rehearse("exec", "--as-deployer", "--", "rehearse", *words)

    second.rehearse("preview", "dev", "--engine", "embedded", "--scenario", "scenario.yaml", expect=None)

    given = {each["id"].lower() for each in second.ask("resources")["resources"] if each["given"]}
    made = {each for each in repository.made() if "/deployments/" in each}
    scenario = yaml.safe_load((second.path / "scenario.yaml").read_text(encoding="utf-8"))
    limits = {each["name"]: each["limit"] for each in scenario["quota"]}
    assert made
    assert made <= given
    assert limits["OpenAI.ProvisionedManaged"] == 100


def test_nothing_secret_goes_along(repository: Repository) -> None:
    repository.up("prod-us-ncu")
    exported = repository.rehearse("exec", "--", "pulumi", "stack", "export", "-s", "prod-us-ncu").stdout
    export = json.loads(exported)
    for each in export["deployment"]["resources"]:
        each.setdefault("outputs", {})["key1"] = "hunter2"
        each.setdefault("inputs", {})["clientSecret"] = "hunter2"
    (repository.path / "export.json").write_text(json.dumps(export), encoding="utf-8")

    text = repository.rehearse("seed", "--from-stack-export", "export.json").stdout

    assert "hunter2" not in text
    assert "contoso.example" not in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "one of --from-stack-export and --from-azure is needed"),
        (("--from-stack-export", "stacks/dev.yaml"), "this is no stack export"),
        (("--from-stack-export", "nowhere.json"), "this is no stack export"),
    ],
)
def test_what_cannot_be_read_is_refused(repository: Repository, words: tuple[str, ...], said: str) -> None:
    assert said in repository.rehearse("seed", *words, expect=1).stderr
