"""Checks of fine-tuning jobs and of the models of accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from ftdeploy.rehearsal.azure.due import settle
from tests.rehearsal.azure.checks.files import send
from tests.rehearsal.azure.dataplane import ask_plane
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, OWN_MODEL
from tests.rehearsal.azure.trainingdata import CHAT, PREFERENCE, write_lines

JOBS = "/fine_tuning/jobs"
MODEL = "gpt-4o-mini-2024-07-18"
HOUR_SECONDS = 3600.0


def train(pretend: Pretend, content: bytes = b"", **sent: Any) -> httpx.Response:
    """Ask for a job on ten examples, if not told otherwise."""
    file = send(pretend, content).json()["id"]
    return ask_plane(pretend, "POST", JOBS, {"model": MODEL, "training_file": file, **sent})


def get_job(pretend: Pretend, job: str) -> dict[str, Any]:
    return ask_plane(pretend, "GET", f"{JOBS}/{job}").json()


def finish(pretend: Pretend, content: bytes = b"", **sent: Any) -> dict[str, Any]:
    """A job at its end; nothing takes time here."""
    made = train(pretend, content, **sent)
    assert made.status_code == 201, made.text
    return get_job(pretend, made.json()["id"])


def pass_time(pretend: Pretend, seconds: float) -> None:
    """Time goes on, and tokens with it."""
    pretend.pass_seconds(seconds)
    settle(pretend.world)
    pretend._tokens.clear()


def list_messages(pretend: Pretend, job: str) -> list[str]:
    found = ask_plane(pretend, "GET", f"{JOBS}/{job}/events?limit=100").json()["data"]
    return [each["message"] for each in found]


def list_checkpoints(pretend: Pretend, job: str) -> list[dict[str, Any]]:
    return ask_plane(pretend, "GET", f"{JOBS}/{job}/checkpoints").json()["data"]


def check_format(pretend: Pretend) -> None:
    assert finish(pretend, write_lines(PREFERENCE))["status"] == "failed"


def check_wishes(pretend: Pretend) -> None:
    assert get_code(train(pretend, suffix="x" * 41)) == "invalidPayload"


def check_pause(pretend: Pretend) -> None:
    pretend.world.settings.put("trainingEpochSeconds", HOUR_SECONDS)
    job = train(pretend).json()["id"]
    assert get_code(ask_plane(pretend, "POST", f"{JOBS}/{job}/pause")) == "unexpectedEntityState"


def check_deleted_account(pretend: Pretend) -> None:
    pretend.world.settings.put("trainingEpochSeconds", HOUR_SECONDS)
    job = train(pretend).json()["id"]
    get_job(pretend, job)
    pretend.delete(ACCOUNT)
    pass_time(pretend, 2 * HOUR_SECONDS)
    pretend.put(ACCOUNT, {"location": "swedencentral", "properties": {"restore": True}})
    assert get_job(pretend, job)["status"] == "cancelled"


def check_limits(pretend: Pretend) -> None:
    pretend.world.settings.put("fineTuningJobsPerAccount", 0)
    assert get_code(train(pretend)) == "quotaExceeded"


def check_turns(pretend: Pretend) -> None:
    pretend.world.settings.put("trainingEpochSeconds", HOUR_SECONDS)
    jobs = [train(pretend).json()["id"] for _ in range(4)]
    assert [get_job(pretend, each)["status"] for each in jobs] == ["running"] * 3 + ["pending"]


def check_versions(pretend: Pretend) -> None:
    assert len(list_checkpoints(pretend, finish(pretend)["id"])) == 3


def check_method(pretend: Pretend) -> None:
    response = train(pretend, write_lines(PREFERENCE), method={"type": "dpo", "dpo": {}})
    assert "does not support fine-tuning" in response.text


def check_harmful_model(pretend: Pretend) -> None:
    job = finish(pretend, write_lines({**CHAT, "note": "rehearsal-harmful-model"}))
    assert "unable to be deployed" in pretend.deploy(model=job["fine_tuned_model"]).text


def check_model_in_use(pretend: Pretend) -> None:
    pretend.deploy()
    assert get_code(ask_plane(pretend, "DELETE", f"/models/{OWN_MODEL}")) == "conflict"


def check_amount(pretend: Pretend) -> None:
    assert finish(pretend, write_lines(count=9))["status"] == "failed"


def check_harmful_data(pretend: Pretend) -> None:
    job = finish(pretend, write_lines({**CHAT, "note": "rehearsal-harmful-data"}))
    assert "failed RAI checks" in (job["error"] or {}).get("message", "")


def check_region(pretend: Pretend) -> None:
    response = train(pretend, trainingType="globalstandard", model="gpt-4o-2024-08-06")
    assert response.status_code == 201
    account = pretend.world.resources.find(ACCOUNT)
    account.body["location"] = "japaneast"
    pretend.world.resources.save(account)
    assert "does not support fine-tuning" in train(pretend).text


def check_clock(pretend: Pretend) -> None:
    pretend.world.settings.put("trainingQueueSeconds", HOUR_SECONDS)
    made = train(pretend)
    assert (made.status_code, made.json().get("status")) == (201, "pending")
    pass_time(pretend, HOUR_SECONDS)
    assert get_job(pretend, made.json()["id"])["status"] == "succeeded"


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "data-fits-the-method": check_format,
    "job-wishes-are-checked": check_wishes,
    "jobs-can-be-paused": check_pause,
    "jobs-end-with-their-account": check_deleted_account,
    "jobs-go-by-the-clock": check_clock,
    "jobs-have-limits": check_limits,
    "jobs-wait-their-turn": check_turns,
    "last-versions-are-kept": check_versions,
    "methods-fit-their-models": check_method,
    "models-are-evaluated": check_harmful_model,
    "models-in-use-stay": check_model_in_use,
    "ten-examples-at-least": check_amount,
    "training-data-is-evaluated": check_harmful_data,
    "training-needs-its-region": check_region,
}
