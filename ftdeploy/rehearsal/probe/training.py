"""Probes of fine-tuning jobs: what is refused, what fails, who waits. Each takes back what it asked for.

A training of ten short examples has about a thousand tokens; trainings that are cancelled have fewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from ftdeploy.rehearsal.probe.examples import CHAT, PREFERENCE, check_file, send_file, write_lines
from ftdeploy.rehearsal.probe.lab import MODEL, Lab
from ftdeploy.rehearsal.probe.plane import Plane, open_plane
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, refused
from ftdeploy.rehearsal.probe.wire import Exchange

TRAINING_EUR = 0.02
"""Ours: a thousand tokens cost 0.0033 USD at the 3.30 USD a million of azure-ai-docs, cost management (2026-03-19)."""
PATIENCE_SECONDS = 3600
"""Ours: how long a job may wait and be looked at before it runs or fails."""
_BASE = f"{MODEL['name']}-{MODEL['version']}"
_ENDED = ("succeeded", "failed", "cancelled")
_JOBS = "/fine_tuning/jobs"
_MOST_QUEUED, _MOST_RUNNING = 20, 3
_UNTRAINED_REGION = "japaneast"
_DELETED_SECONDS = 900


def train(plane: Plane, content: bytes = b"", **wanted: Any) -> Exchange:  # noqa: ANN401 JSON
    """Ask for a training on ten examples, or others."""
    sent = send_file(plane, content)
    check_file(plane, sent)
    return ask_job(plane, sent, **wanted)


def ask_job(plane: Plane, sent: Exchange, **wanted: Any) -> Exchange:  # noqa: ANN401 JSON
    """Ask for a training on a file that was sent."""
    return plane.ask("POST", _JOBS, {"model": _BASE, "training_file": sent.body["id"], **wanted})


def get_job(plane: Plane, made: Exchange, rest: str = "") -> dict[str, Any]:
    """A job as it is, or its `/events` or `/checkpoints`."""
    found: dict[str, Any] = plane.ask("GET", f"{_JOBS}/{made.body['id']}{rest}").body
    return found


@contextmanager
def _cancelling(plane: Plane, *made: Exchange) -> Iterator[None]:
    """Whatever is asked inside, the jobs that were taken do not go on."""
    try:
        yield
    finally:
        for each in made:
            if each.status < httpx.codes.BAD_REQUEST:
                plane.ask("POST", f"{_JOBS}/{each.body['id']}/cancel")


def _wait_for(plane: Plane, made: Exchange, *statuses: str) -> str:
    """Wait until a job is in one of the states or at its end; where it is then."""

    def look() -> str | None:
        status = str(get_job(plane, made)["status"])
        return status if status in (*statuses, *_ENDED) else None

    found = plane.wire.wait(look, limit_seconds=PATIENCE_SECONDS)
    if found is None:
        raise httpx.TimeoutException("the job is still waiting after an hour")
    return found


def _judge_refusal(lab: Lab, **wanted: Any) -> Verdict:  # noqa: ANN401 JSON
    plane = open_plane(lab)
    made = train(plane, **wanted)
    with _cancelling(plane, made):
        return refused(made)


def _judge_failure(lab: Lab, content: bytes) -> Verdict:
    plane = open_plane(lab)
    made = train(plane, content)
    with _cancelling(plane, made):
        status = _wait_for(plane, made, "running")
        error = get_job(plane, made).get("error") or {}
    return Verdict(agrees=status == "failed", seen=f"{made.status}, {status} {error.get('message') or ''}".strip())


def _ask_format(lab: Lab) -> Verdict:
    return _judge_failure(lab, write_lines(PREFERENCE))


def _ask_amount(lab: Lab) -> Verdict:
    return _judge_failure(lab, write_lines(CHAT, count=9))


def _ask_wishes(lab: Lab) -> Verdict:
    return _judge_refusal(lab, suffix="x" * 41)


def _ask_method(lab: Lab) -> Verdict:
    return _judge_refusal(lab, method={"type": "dpo", "dpo": {}})


def _ask_region(lab: Lab) -> Verdict:
    """An account where the base model is not trained."""
    with lab.own_account("e", region=_UNTRAINED_REGION) as account:
        plane = open_plane(lab, account)
        made = train(plane)
        with _cancelling(plane, made):
            return refused(made)


def _ask_pause(lab: Lab) -> Verdict:
    """Refused as soon as a job runs, and taken once it took a step."""
    plane = open_plane(lab)
    made = train(plane)

    def pause() -> str:
        answer = plane.ask("POST", f"{_JOBS}/{made.body['id']}/pause")
        return answer.code if answer.status >= httpx.codes.BAD_REQUEST else "taken"

    def look() -> str | None:
        status = str(get_job(plane, made)["status"])
        return status if status != "running" or pause() == "taken" else None

    with _cancelling(plane, made):
        _wait_for(plane, made, "running")
        early = pause()
        later = plane.wire.wait(look, limit_seconds=PATIENCE_SECONDS, every_seconds=30)  # at once where it is paused
    return compare((early, later), ("unexpectedEntityState", "running"))


def _ask_limits(lab: Lab) -> Verdict:
    """More jobs than may run and wait, in an account of their own."""
    with lab.own_account("l") as account:
        plane = open_plane(lab, account)
        sent = send_file(plane)
        check_file(plane, sent)
        made = [ask_job(plane, sent)]
        while made[-1].status < httpx.codes.BAD_REQUEST and len(made) <= _MOST_QUEUED + _MOST_RUNNING:
            made.append(ask_job(plane, sent))
        with _cancelling(plane, *made):
            agrees = made[-1].status >= httpx.codes.BAD_REQUEST and len(made) > _MOST_QUEUED
    return Verdict(agrees=agrees, seen=f"{made[-1].status} {made[-1].code} for job {len(made)}")


def _ask_turns(lab: Lab) -> Verdict:
    """Four jobs, in an account of their own; looked at once three of them run."""
    with lab.own_account("t") as account:
        plane = open_plane(lab, account)
        sent = send_file(plane)
        check_file(plane, sent)
        made = [ask_job(plane, sent) for _ in range(_MOST_RUNNING + 1)]

        def look() -> list[str] | None:
            found = sorted(str(get_job(plane, each)["status"]) for each in made)
            return found if found.count("running") >= _MOST_RUNNING or set(found) & set(_ENDED) else None

        with _cancelling(plane, *made):
            statuses = plane.wire.wait(look, limit_seconds=PATIENCE_SECONDS)
    return compare(statuses, ["pending", *["running"] * _MOST_RUNNING])


def _ask_account(lab: Lab) -> Verdict:
    """A running job whose account is deleted for a quarter of an hour, and restored."""
    with lab.own_account("j") as account:
        made = train(open_plane(lab, account))
        _wait_for(open_plane(lab, account), made, "running")
        lab.wire.remove(account)
        lab.wire.pause(_DELETED_SECONDS)
        lab.wire.finish(lab.make_account("j", restore=True))
        plane = open_plane(lab, account)
        with _cancelling(plane, made):
            return compare(get_job(plane, made)["status"], "cancelled")


PROBES = (
    Probe(behaviour="data-fits-the-method", ask=_ask_format, price_eur=TRAINING_EUR),
    Probe(behaviour="job-wishes-are-checked", ask=_ask_wishes, price_eur=TRAINING_EUR),
    Probe(behaviour="jobs-can-be-paused", ask=_ask_pause, price_eur=TRAINING_EUR),
    Probe(behaviour="jobs-end-with-their-account", ask=_ask_account, price_eur=TRAINING_EUR),
    Probe(behaviour="jobs-have-limits", ask=_ask_limits, price_eur=(_MOST_QUEUED + _MOST_RUNNING + 1) * TRAINING_EUR),
    Probe(behaviour="jobs-wait-their-turn", ask=_ask_turns, price_eur=(_MOST_RUNNING + 1) * TRAINING_EUR),
    Probe(behaviour="methods-fit-their-models", ask=_ask_method, price_eur=TRAINING_EUR),
    Probe(behaviour="ten-examples-at-least", ask=_ask_amount, price_eur=TRAINING_EUR),
    Probe(behaviour="training-needs-its-region", ask=_ask_region, price_eur=TRAINING_EUR),
)
