"""Fine-tuning jobs: made, listed, read with events and checkpoints, cancelled, paused, resumed, deleted.

Not emulated: copying a checkpoint to another account, integrations, and automatic deployment.
"""

from __future__ import annotations

import uuid

from ftdeploy.rehearsal.azure.authoring import errors
from ftdeploy.rehearsal.azure.authoring.cursor import cut_page, sort_by_order
from ftdeploy.rehearsal.azure.authoring.routes import build_location
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import not_emulated
from ftdeploy.rehearsal.azure.finetuning import models, progress
from ftdeploy.rehearsal.azure.finetuning.models import Job
from ftdeploy.rehearsal.azure.finetuning.wishes import Wish, check_limits, is_developer, read_wish
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.resources import Resource

_ACTIONS = "Microsoft.CognitiveServices/accounts/OpenAI/fine-tunes"
_PATH = "/openai/fine_tuning/jobs"
_JOBS_PAGE, _EVENTS_PAGE, _CHECKPOINTS_PAGE = 20, 20, 10


def post_job(call: Call) -> Reply:
    """`{"model": "gpt-4o-mini-2024-07-18", "training_file": "file-…", "suffix": "…", "trainingType": "…"}`."""
    account = get_account(call, Need(action=f"{_ACTIONS}/write", operation=f"POST {_PATH}"))
    sent = errors.read_payload(call)
    if sent.get("integrations"):
        raise not_emulated("integrations of fine-tuning jobs")
    wish = read_wish(call, account, sent)
    check_limits(call, account)
    job = _build(call, account, wish, sent)
    call.needs("jobs-go-by-the-clock")
    models.save_job(call.world, job)
    models.note_event(call.world, job, "Job enqueued. Waiting for jobs ahead to complete.")
    progress.plan_step(call.world, job, call.world.settings.get_seconds("trainingQueueSeconds"))
    return Reply(status=201, body=job.body, headers={"Location": build_location(call, job.id)})


def list_jobs(call: Call) -> Reply:
    """Every job, newest first."""
    account = get_account(call, Need(action=f"{_ACTIONS}/read", operation=f"GET {_PATH}"))
    found = [each.body for each in models.list_jobs(call.world, account.key)]
    return Reply(body=cut_page(call, sort_by_order(call, found, usual="desc"), size=_JOBS_PAGE))


def get_job(call: Call) -> Reply:
    """One job."""
    return Reply(body=_read(call, "").body)


def list_events(call: Call) -> Reply:
    """What happened in a job, newest first."""
    found = models.list_events(call.world, _read(call, "/events"))
    return Reply(body=cut_page(call, found, size=_EVENTS_PAGE))


def list_checkpoints(call: Call) -> Reply:
    """The versions of a job's model that can be deployed, newest first."""
    found = models.list_checkpoints(call.world, _read(call, "/checkpoints"))
    return Reply(body=cut_page(call, found, size=_CHECKPOINTS_PAGE))


def cancel_job(call: Call) -> Reply:
    """End a job that has not ended."""
    job = _change(call, "/cancel")
    if job.status in models.ENDED:
        raise errors.unexpected_state(f"The job '{job.id}' is {job.status} and cannot be cancelled.")
    progress.end_job(call.world, job, models.CANCELLED, "Job cancelled.")
    return Reply(body=job.body)


def pause_job(call: Call) -> Reply:
    """Hold a running job that took a step."""
    job = _change(call, "/pause")
    is_ready = job.status == models.RUNNING and progress.count_steps(call.world, job) > 0
    if not is_ready and (call.leans_on("jobs-can-be-paused") or job.status != models.RUNNING):
        raise errors.unexpected_state(f"The job '{job.id}' is {job.status} and cannot be paused yet.")
    progress.pause_job(call.world, job)
    return Reply(body=job.body)


def resume_job(call: Call) -> Reply:
    """Go on with a paused job."""
    job = _change(call, "/resume")
    if job.status != models.PAUSED:
        raise errors.unexpected_state(f"The job '{job.id}' is {job.status} and cannot be resumed.")
    progress.resume_job(call.world, job)
    return Reply(body=job.body)


def delete_job(call: Call) -> Reply:
    """Forget a job that has ended; its model stays."""
    need = Need(action=f"{_ACTIONS}/delete", operation=f"DELETE {_PATH}/{{fine-tuning-job-id}}")
    job = _find(call, get_account(call, need))
    if job.status not in models.ENDED:
        raise errors.unexpected_state(f"The job '{job.id}' is {job.status} and cannot be deleted.")
    models.delete_job(call.world, job)
    return Reply(status=204)


def copy_checkpoint(call: Call) -> Reply:
    """Refused: the copy of a checkpoint."""
    raise not_emulated("copies of checkpoints")


def _read(call: Call, rest: str) -> Job:
    operation = f"GET {_PATH}/{{fine-tuning-job-id}}{rest}"
    return _find(call, get_account(call, Need(action=f"{_ACTIONS}/read", operation=operation)))


def _change(call: Call, rest: str) -> Job:
    operation = f"POST {_PATH}/{{fine-tuning-job-id}}{rest}"
    return _find(call, get_account(call, Need(action=f"{_ACTIONS}/write", operation=operation)))


def _find(call: Call, account: Resource) -> Job:
    name = call.parameters["job"]
    found = models.find_job(call.world, account.key, name)
    if found is None:
        raise errors.not_found("fine-tuning job", name)
    return found


def _build(call: Call, account: Resource, wish: Wish, sent: Json) -> Job:
    unique = uuid.uuid4()
    created = int(call.world.clock.now().timestamp())
    body = {
        "object": "fine_tuning.job",
        "id": f"ftjob-{unique.hex}",
        "created_at": created,
        "status": models.PENDING,
        "model": sent["model"],
        "fine_tuned_model": None,
        "training_file": sent["training_file"],
        "validation_file": sent.get("validation_file"),
        "result_files": None,
        "finished_at": None,
        "trained_tokens": None,
        "error": None,
        "estimated_finish": None,
        "hyperparameters": wish.hyperparameters,
        "suffix": sent.get("suffix"),
        "seed": sent["seed"] if isinstance(sent.get("seed"), int) else unique.int % 2**31,
        "organization_id": None,
        "integrations": None,
        "metadata": sent.get("metadata"),
        "method": sent.get("method"),
        "trainingType": wish.training_type,
    }
    base = wish.base
    internal = {"baseId": base.id, "baseName": base.name, "baseVersion": base.version, "method": wish.method}
    return Job(
        account=account.key,
        id=str(body["id"]),
        created=created,
        is_developer=is_developer(wish),
        body=body,
        internal={**internal, "epoch": 0},
    )
