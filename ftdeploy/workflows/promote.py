"""Promote a model to a stage: one scalar in each file that names it, and one commit of exactly these files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from ftdeploy.catalog.load import LOCK, load_facts
from ftdeploy.domain.promotion import Edit, FleetView, plan_promotion
from ftdeploy.errors import InputError
from ftdeploy.files.edit import apply_edits, edit_bytes
from ftdeploy.files.load import load_fleet, load_stacks
from ftdeploy.files.models import load_models
from ftdeploy.workflows.check import check_files


class Committer(Protocol):
    """Whoever commits files: a Git work tree."""

    def check_ready(self, paths: Sequence[str]) -> None:
        """Raise InputError unless these files can be changed and committed on their own."""

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit these files and nothing else; gives the commit's short id."""


def plan_edits(root: Path, reference: str, *, stage: str, today: date) -> tuple[Edit, ...]:
    """The edits that bring a model to a stage; none when it is there already.

    Args:
        root: the repository.
        reference: the model, such as `support-bot@7c1f9a2b41d0`.
        stage: a stage of `fleet.yaml`.
        today: the day whose catalogue holds.

    Raises:
        InputError: the files are not right, or the model must not go there; all problems at once.
    """
    facts = load_facts(today, lock=root / LOCK)
    view = FleetView(
        stages=load_fleet(root).stages,
        stacks=[each.stack for each in load_stacks(root, facts)],
        models=load_models(root, facts),
    )
    plan = plan_promotion(reference, stage=stage, fleet=view)
    if plan.problems:
        raise InputError(plan.problems)
    return plan.edits


def commit_edits(root: Path, edits: Sequence[Edit], *, message: str, today: date, committer: Committer) -> str:
    """Make the edits, check the stacks they touch, and commit their files; gives the commit's short id.

    When any of this fails, the files are as they were before, byte for byte; one that somebody else changed meanwhile
    is left to them.

    Raises:
        InputError: a file cannot be committed on its own, or an edited stack breaks a rule.
        ServiceRefused: git refused the commit.
    """
    files = tuple(dict.fromkeys(each.file for each in edits))
    committer.check_ready(files)
    before = {file: (root / file).read_bytes() for file in files}
    after = {file: _edit(data, [each for each in edits if each.file == file]) for file, data in before.items()}
    try:
        apply_edits(root, edits)
        _check_stacks(root, files, today)
        return committer.commit(files, message)
    except BaseException:
        for file in files:
            if (root / file).read_bytes() == after[file]:
                (root / file).write_bytes(before[file])
        raise


def compose_message(edits: Sequence[Edit], *, stage: str) -> str:
    """The commit's message: what was promoted where, and a line for each edit."""
    name, _, model_id = edits[0].new.partition("@")
    lines = [f"{each.file} {each.key}: {each.old} -> {each.new}" for each in edits]
    return "\n".join([f"models: promote {name} to {model_id} in {stage}", "", *lines, ""])


def _edit(data: bytes, edits: Sequence[Edit]) -> bytes:
    for each in edits:
        data = edit_bytes(data, each)
    return data


def _check_stacks(root: Path, files: Sequence[str], today: date) -> None:
    checked = check_files(root, [Path(each).stem for each in files], today=today)
    if not checked.has_passed:
        raise InputError(checked.problems)
