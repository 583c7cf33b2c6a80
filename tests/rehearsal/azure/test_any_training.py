"""Whatever is asked of jobs in whatever order: few run at once, ended ones stay as they ended, all end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ftdeploy.rehearsal.azure.due import settle
from ftdeploy.rehearsal.azure.finetuning.models import ENDED
from tests.rehearsal.azure.checks.finetuning import HOUR_SECONDS, JOBS, pass_time, train
from tests.rehearsal.azure.dataplane import ask_plane
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.scenarios import build_scenario

VERBS = ("cancel", "pause", "resume")
STEPS = st.one_of(
    st.tuples(st.just("create"), st.sampled_from(["standard", "developerTier"])),
    st.tuples(st.sampled_from(VERBS), st.integers(0, 9)),
    st.tuples(st.just("wait"), st.sampled_from([0.3, 1.0, 2.5])),
)


@contextmanager
def open_fresh() -> Iterator[Pretend]:
    with tempfile.TemporaryDirectory() as folder:
        pretend = open_pretend(Path(folder), build_scenario())
        pretend.world.settings.put("runningJobs", 1)
        pretend.world.settings.put("runningDeveloperJobs", 1)
        pretend.world.settings.put("trainingEpochSeconds", HOUR_SECONDS)
        yield pretend
        pretend.world.store.close()


def list_jobs(pretend: Pretend) -> dict[str, dict]:
    found = ask_plane(pretend, "GET", f"{JOBS}?limit=100&order=asc").json()["data"]
    return {each["id"]: each for each in found}


def do(pretend: Pretend, step: tuple) -> None:
    name, detail = step
    if name == "create":
        train(pretend, trainingType=detail, hyperparameters={"n_epochs": 2})
    elif name == "wait":
        pass_time(pretend, detail * HOUR_SECONDS)
    else:
        jobs = list(list_jobs(pretend))
        if jobs:
            ask_plane(pretend, "POST", f"{JOBS}/{jobs[detail % len(jobs)]}/{name}")


@settings(max_examples=15, deadline=None)
@example(
    steps=[("create", "standard"), ("wait", 0.3), ("pause", 0), ("create", "standard"), ("wait", 0.3), ("resume", 0)]
)
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_any_sequence_keeps_order(steps: list[tuple]) -> None:
    with open_fresh() as pretend:
        ended: dict[str, dict] = {}
        for step in steps:
            do(pretend, step)
            settle(pretend.world)
            jobs = list_jobs(pretend)
            running = [each["trainingType"] for each in jobs.values() if each["status"] == "running"]
            assert len(running) == len(set(running))
            assert all(jobs[name] == job for name, job in ended.items())
            ended = {name: job for name, job in jobs.items() if job["status"] in ENDED}

        for name, job in list_jobs(pretend).items():
            if job["status"] == "paused":
                ask_plane(pretend, "POST", f"{JOBS}/{name}/cancel")
        pass_time(pretend, 40 * HOUR_SECONDS)

        assert all(each["status"] in ENDED for each in list_jobs(pretend).values())
