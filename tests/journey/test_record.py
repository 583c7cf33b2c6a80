"""`--record FILE`: what a gate reads later."""

from __future__ import annotations

import json
import subprocess

from ftdeploy.files.schema.record import RecordFile
from tests.journey.repository import Repository


def read(repository: Repository) -> RecordFile:
    return RecordFile.model_validate_json((repository.path / "record.json").read_text(encoding="utf-8"))


def test_record_says_what_was_rehearsed_and_what_came_of_it(git_repository: Repository) -> None:
    git_repository.rehearse("clock", "advance", "2d")
    git_repository.rehearse("settings", "set", "filesPerAccount", "3")
    git_repository.up("dev", "--record", "record.json")

    record = read(git_repository)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=git_repository.path, capture_output=True, text=True, check=True
    )
    assert (record.commit, record.is_clean) == (head.stdout.strip(), True)
    assert (record.stack, record.operation, record.result) == ("dev", "up", "succeeded")
    assert (record.engine.name, record.errors) == ("embedded", ())
    assert record.settings == {"filesPerAccount": 3}
    assert (record.changes["create"] > 0, round(record.clock_ahead_seconds / 86_400)) == (True, 2)


def test_record_of_a_changed_work_tree_and_a_refusal_says_both(git_repository: Repository) -> None:
    git_repository.edit("stacks/dev.yaml", "kTpm: 10", "kTpm: 100000")

    git_repository.up("dev", "--record", "record.json", expect=3)

    record = read(git_repository)
    assert (record.is_clean, record.result) == (False, "failed")
    assert any("InsufficientQuota" in each for each in record.errors)


def test_record_of_an_import_says_that_it_was_refused(git_repository: Repository) -> None:
    group = "/subscriptions/10000000-0000-4000-8000-0000000000d1/resourceGroups/rg-nowhere"
    wanted = {"resources": [{"type": "azure-native:resources:ResourceGroup", "name": "nowhere", "id": group}]}
    (git_repository.path / "found.json").write_text(json.dumps(wanted), encoding="utf-8")

    git_repository.rehearse("import", "dev", "--file", "found.json", "--record", "record.json", expect=1)

    record = read(git_repository)
    assert (record.operation, record.result) == ("import", "failed")


def test_nothing_happens_where_no_record_can_be(repository: Repository) -> None:
    uncommitted = repository.rehearse("up", "dev", "--record", "record.json", expect=1)
    nowhere = repository.rehearse("up", "dev", "--record", "records/record.json", expect=1)

    assert "nothing is committed here" in uncommitted.stderr
    assert "hint: run `mkdir -p records`" in nowhere.stderr
    assert repository.made() == set()
