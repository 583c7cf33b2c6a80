"""Edits of a production stack: harmless ones take nothing away, harmful ones are refused before `up`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.journey.repository import Repository, copy_repository

STACK = "prod-us-ncu"
FILE = f"stacks/{STACK}.yaml"
REMOVING = {"delete", "delete-replaced", "replace", "create-replacement", "discard-replaced"}

PROD, DEV = (f"10000000-0000-4000-8000-0000000000{each}" for each in ("a1", "d1"))

HARMLESS = {
    "order of keys": (FILE, "        sku: Standard\n        kTpm: 50", "        kTpm: 50\n        sku: Standard"),
    "order of the file": (FILE, "stage: prod\nwave: 1\n", "wave: 1\nstage: prod\n"),
    "comment": (FILE, "accounts:", "# the accounts\naccounts:"),
    "owner": (FILE, "accounts:", "owner: somebody@contoso.example\naccounts:"),
    "tags": (FILE, "accounts:", "tags: {cost-centre: '4711'}\naccounts:"),
    "wave": (FILE, "wave: 1", "wave: 2"),
    "package": ("fleet.yaml", "ftdeploy>=0.1,<1", "ftdeploy>=0.1,<2"),
    "load": (FILE, "kTpm: 50", "kTpm: 50\n        load: {rpm: 10, promptTokens: 100, completionTokens: 20}"),
    "needs": (FILE, "kTpm: 50", "kTpm: 50\n        needs: [tools]"),
    "capacity": (FILE, "kTpm: 50", "kTpm: 60"),
    "idle behaviour": (FILE, "kTpm: 50", "kTpm: 50\n        whenIdle: vanish"),
    "another deployment": (
        FILE,
        "      support-bot:\n",
        "      a-bot: {model: support-bot@69b80eac3236, sku: Standard, kTpm: 1}\n      support-bot:\n",
    ),
}
HARMFUL = {
    "deployment's key": (FILE, "      support-bot:\n", "      helper-bot:\n"),
    "account's key": (FILE, "  support:\n    name", "  helper:\n    name"),
    "account's name": (FILE, "name: contoso-support-prod-ncu", "name: contoso-support-prod-n"),
    "resource group": (FILE, "resourceGroup: rg-support-prod-ncu", "resourceGroup: rg-support-prod-n"),
    "region": (FILE, "region: northcentralus", "region: swedencentral"),
    "subscription": (FILE, f"subscription: {PROD}", f"subscription: {DEV}"),
}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    repository = copy_repository(tmp_path_factory.mktemp("seeded") / "contoso")
    repository.edit("fleet.yaml", "protect: true", "protect: false")  # so that the guard alone refuses
    repository.up(STACK)
    return repository


@pytest.fixture
def edit(seeded: Repository):
    """Edits a file for one test."""
    kept: dict[Path, bytes] = {}

    def change(file: str, old: str, new: str) -> None:
        path = seeded.path / file
        kept.setdefault(path, path.read_bytes())
        seeded.edit(file, old, new)

    yield change
    for path, data in kept.items():
        path.write_bytes(data)


def preview(repository: Repository) -> str:
    words = ("exec", "--as-deployer", "--", "pulumi", "preview", "-s", STACK, "--json")
    return repository.rehearse(*words, expect=None).stdout


def guard(repository: Repository, text: str) -> tuple[int, list[str]]:
    """Exit code, and the rules that are broken."""
    words = [str(repository.path / ".venv/bin/ftdeploy"), "guard", "--json"]
    done = subprocess.run(
        words, input=text, cwd=repository.path, env=repository.environment, capture_output=True, text=True, check=False
    )
    return done.returncode, [each["rule"] for each in json.loads(done.stdout)["problems"]]


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_harmless_edit_takes_nothing_away(seeded, edit, change):
    edit(*change)

    shown = preview(seeded)

    assert {each["op"] for each in json.loads(shown)["steps"]} & REMOVING == set()
    assert guard(seeded, shown) == (0, [])


@pytest.mark.parametrize("change", HARMFUL.values(), ids=HARMFUL)
def test_harmful_edit_is_refused(seeded, edit, change):
    edit(*change)

    code, rules = guard(seeded, preview(seeded))

    assert code == 1
    assert "removal-allowed" in rules


def test_stack_file_allows_a_removal_by_name(seeded, edit):
    edit(FILE, "      support-bot:\n", "      helper-bot:\n")
    refused = guard(seeded, preview(seeded))
    entry = "{resource: contoso-support-prod-ncu/support-bot, reason: r, expires: '2099-12-31'}"
    edit(FILE, "accounts:", f"removals: [{entry}]\naccounts:")
    passed = guard(seeded, preview(seeded))

    assert refused == (1, ["removal-allowed"])
    assert passed == (0, [])


def test_protected_deployment_cannot_be_removed_in_one_change(repository):
    repository.up(STACK)
    repository.edit(FILE, "      support-bot:\n", "      helper-bot:\n")

    code, rules = guard(repository, preview(repository))

    assert code == 1
    assert set(rules) == {"preview-whole", "removal-allowed"}
