from __future__ import annotations

from datetime import date

import pytest

from ftdeploy.errors import InputError, ServiceRefused, refuse
from ftdeploy.workflows.promote import commit_edits, compose_message, plan_edits
from tests.cli.contoso import NEW, OLD, write_repository

TODAY = date(2026, 11, 21)
FILE = "stacks/prod.yaml"


class FakeCommitter:
    """Keeps what was committed; raises `refusal` instead when it has one, and `obstacle` before anything."""

    def __init__(self, refusal=None, obstacle=None):
        self.refusal = refusal
        self.obstacle = obstacle
        self.committed = []

    def check_ready(self, paths):
        if self.obstacle:
            raise self.obstacle

    def commit(self, paths, message):
        if self.refusal:
            raise self.refusal
        self.committed.append((tuple(paths), message))
        return "1f2e3d4"


@pytest.fixture
def root(tmp_path):
    return write_repository(tmp_path)


def plan(root, model=NEW, stage="prod"):
    return plan_edits(root, model, stage=stage, today=TODAY)


def commit(root, committer):
    return commit_edits(root, plan(root), message="models: promote", today=TODAY, committer=committer)


def test_promotion_changes_one_scalar_and_commits_its_file(root):
    before = (root / FILE).read_text()
    committer = FakeCommitter()

    assert commit(root, committer) == "1f2e3d4"
    assert (root / FILE).read_text() == before.replace(OLD, NEW)
    assert committer.committed == [((FILE,), "models: promote")]


def test_promoting_again_plans_nothing(root):
    commit(root, FakeCommitter())

    assert plan(root) == ()


def test_message_names_the_promotion_and_every_edit(root):
    assert compose_message(plan(root), stage="prod") == (
        f"models: promote support-bot to {NEW.partition('@')[2]} in prod\n"
        "\n"
        f"stacks/prod.yaml accounts.support.deployments.support-bot.model: {OLD} -> {NEW}\n"
    )


@pytest.mark.parametrize(
    "committer",
    [
        FakeCommitter(refusal=ServiceRefused()),
        FakeCommitter(refusal=KeyboardInterrupt()),
        FakeCommitter(obstacle=refuse("not committed", where=FILE, fix="commit it")),
    ],
    ids=["refused", "interrupted", "not-ready"],
)
def test_without_a_commit_the_files_are_as_before(root, committer):
    before = (root / FILE).read_bytes()

    with pytest.raises((ServiceRefused, KeyboardInterrupt, InputError)):
        commit(root, committer)

    assert (root / FILE).read_bytes() == before


def test_file_that_somebody_else_changed_meanwhile_is_left_to_them(root):
    class Meddler(FakeCommitter):
        """Changes the file before it refuses."""

        def commit(self, paths, message):
            (root / FILE).write_text("theirs")
            raise ServiceRefused

    with pytest.raises(ServiceRefused):
        commit(root, Meddler())

    assert (root / FILE).read_text() == "theirs"


def test_promotion_past_a_stage_is_refused(root):
    with pytest.raises(InputError, match="not deployed in stage dev"):
        plan(root, model=OLD)


def test_broken_stack_file_stops_any_promotion(root):
    (root / "stacks" / "dev.yaml").write_text("stage: dve\n")

    with pytest.raises(InputError, match=r"stacks/dev\.yaml"):
        plan(root)
