"""What a job does by the clock: it waits its turn, starts, ends an epoch after the other, and leaves a model."""

from __future__ import annotations

import re
from datetime import timedelta

from ftdeploy.rehearsal.azure.agenda import Entry
from ftdeploy.rehearsal.azure.call import Json
from ftdeploy.rehearsal.azure.files.models import File, add_result, find_file
from ftdeploy.rehearsal.azure.finetuning import evaluation, models
from ftdeploy.rehearsal.azure.finetuning.curve import Metrics, measure_step, render_csv
from ftdeploy.rehearsal.azure.finetuning.models import Job
from ftdeploy.rehearsal.azure.world import World

STEP = "fine-tuning-job-goes-on"
"""The kind of agenda entry that takes a job further; its subject is the account's id, a space and the job's id."""
_TOKEN = re.compile(rb"\w+|[^\w\s]")
_KEPT_VERSIONS = 3
_EVENTS_PER_JOB = 10
_AGAIN_SECONDS = 1.0


def plan_step(world: World, job: Job, seconds: float) -> None:
    """Take a job further after so many seconds."""
    world.agenda.add(STEP, world.clock.now() + timedelta(seconds=seconds), f"{job.account} {job.id}")


def take_step(world: World, entry: Entry) -> None:
    """Start a job, or end an epoch of it."""
    account_key, _, job_id = entry.subject.rpartition(" ")
    job = models.find_job(world, account_key, job_id)
    if job is None or job.status not in (models.PENDING, models.RUNNING):
        return
    if world.resources.find(account_key) is None and world.switches.is_on("jobs-end-with-their-account"):
        end_job(world, job, models.CANCELLED, "Job cancelled: the resource was deleted.")
    elif job.status == models.PENDING:
        _start(world, job)
    else:
        _end_epoch(world, job)


def end_job(world: World, job: Job, status: str, message: str, *, level: str = "info") -> None:
    """End a job, and let those that waited for its place look again."""
    world.agenda.drop(STEP, f"{job.account} {job.id}")
    job.body |= {"status": status, "finished_at": _get_seconds(world), "estimated_finish": None}
    models.save_job(world, job)
    models.note_event(world, job, message, level=level)
    wake_waiting(world, job.account)


def wake_waiting(world: World, account_key: str) -> None:
    """Let the jobs that found no place look for one again, oldest first."""
    for each in models.list_jobs(world, account_key, models.PENDING):
        if each.internal.pop("isWaiting", False):
            models.save_job(world, each)
            plan_step(world, each, 0)


def pause_job(world: World, job: Job) -> None:
    """Hold a running job; what it learnt so far can be deployed."""
    world.agenda.drop(STEP, f"{job.account} {job.id}")
    step = count_steps(world, job)
    job.body["status"] = models.PAUSED
    job.body["estimated_finish"] = None
    models.save_job(world, job)
    metrics = _measure(job, step, is_epoch_end=False)
    models.keep_checkpoint(world, job, name=f"{job.model_name}:ckpt-step-{step}", metrics=metrics)
    models.note_event(world, job, "Job paused.")
    wake_waiting(world, job.account)


def resume_job(world: World, job: Job) -> None:
    """Go on with a paused job: its epoch begins anew."""
    _plan_epochs(world, job)
    job.body["status"] = models.RUNNING
    models.save_job(world, job)
    models.note_event(world, job, "Job resumed.")


def count_steps(world: World, job: Job) -> int:
    """How many steps a running job took by now."""
    seconds = world.settings.get_seconds("trainingEpochSeconds")
    passed = world.clock.now().timestamp() - float(job.internal["epochStarted"])
    share = min(passed / seconds, 1.0) if seconds else 1.0
    return int(job.internal["epoch"]) * job.steps_per_epoch + int(share * job.steps_per_epoch)


def _start(world: World, job: Job) -> None:
    training = find_file(world, job.account, str(job.body["training_file"]))
    validation = find_file(world, job.account, str(job.body.get("validation_file") or ""))
    if any(file is not None and file.status == "pending" for file in (training, validation)):
        plan_step(world, job, max(world.settings.get_seconds("fileProcessingSeconds"), _AGAIN_SECONDS))
        return
    if not _has_place(world, job):
        job.internal["isWaiting"] = True
        models.save_job(world, job)
        return
    problem = evaluation.find_problem(world, job, training, validation)
    if training is None or problem is not None:
        _fail(world, job, problem or evaluation.Problem.of_missing_file())
        return
    _settle_hyperparameters(job, training)
    job.internal["isValidated"] = validation is not None
    job.internal["isHarmful"] = evaluation.makes_harmful_model(world, training)
    job.body["status"] = models.RUNNING
    _plan_epochs(world, job)
    models.save_job(world, job)
    models.note_event(world, job, "Job started.")


def _has_place(world: World, job: Job) -> bool:
    if not world.switches.is_on("jobs-wait-their-turn"):
        return True
    running = models.list_jobs(world, job.account, models.RUNNING)
    most = world.settings.get_count("runningDeveloperJobs" if job.is_developer else "runningJobs")
    return sum(each.is_developer == job.is_developer for each in running) < most


def _fail(world: World, job: Job, problem: evaluation.Problem) -> None:
    job.body["error"] = {"code": problem.code, "message": problem.message, "param": problem.field}
    end_job(world, job, models.FAILED, f"Job failed. {problem.message}", level="error")


def _settle_hyperparameters(job: Job, training: File) -> None:
    """What was left to the service: a batch of 0.2 % of the examples, and epochs for about a hundred steps (ours)."""
    examples = evaluation.count_examples(training)
    chosen = job.hyperparameters
    usual: Json = {
        "batch_size": min(max(1, round(0.002 * examples)), 256),
        "n_epochs": min(10, max(3, 100 // examples)),
        "learning_rate_multiplier": 1.0,
    }
    job.body["hyperparameters"] = {**chosen, **{key: usual[key] for key in usual if chosen[key] == -1}}
    job.internal["examples"] = examples
    job.internal["tokens"] = len(_TOKEN.findall(training.content))


def _plan_epochs(world: World, job: Job) -> None:
    seconds = world.settings.get_seconds("trainingEpochSeconds")
    left = int(job.hyperparameters["n_epochs"]) - int(job.internal["epoch"])
    job.internal["epochStarted"] = world.clock.now().timestamp()
    job.body["estimated_finish"] = int(world.clock.now().timestamp() + left * seconds)
    plan_step(world, job, seconds)


def _end_epoch(world: World, job: Job) -> None:
    first = int(job.internal["epoch"]) * job.steps_per_epoch + 1
    last = first + job.steps_per_epoch - 1
    job.internal["epoch"] += 1
    job.internal["epochStarted"] = world.clock.now().timestamp()
    models.save_job(world, job)
    _tell_steps(world, job, first, last)
    is_last = last == job.steps
    name = job.model_name if is_last else f"{job.model_name}:ckpt-step-{last}"
    models.keep_checkpoint(world, job, name=name, metrics=_measure(job, last, is_epoch_end=True))
    if world.switches.is_on("last-versions-are-kept"):
        for old in models.list_checkpoints(world, job)[_KEPT_VERSIONS:]:
            models.drop_checkpoint(world, job, old["id"])
    if is_last:
        _succeed(world, job)
    else:
        plan_step(world, job, world.settings.get_seconds("trainingEpochSeconds"))


def _tell_steps(world: World, job: Job, first: int, last: int) -> None:
    every = max(1, job.steps // _EVENTS_PER_JOB)
    for step in range(first, last + 1):
        if step % every == 0:
            metrics = _measure(job, step, is_epoch_end=step == last)
            models.note_event(world, job, f"Step {step}: training loss={metrics['train_loss']}", data=metrics)


def _succeed(world: World, job: Job) -> None:
    steps, each = job.steps, job.steps_per_epoch
    rows = [_measure(job, step, is_epoch_end=step % each == 0) for step in range(1, steps + 1)]
    result = add_result(world, job.account, name="results.csv", content=render_csv(rows))
    is_harmful = bool(job.internal["isHarmful"]) and world.switches.is_on("models-are-evaluated")
    tokens = int(job.internal["tokens"]) * int(job.hyperparameters["n_epochs"])
    names = [job.model_name, *(version["id"] for version in models.list_checkpoints(world, job))]
    for name in names:
        models.keep_model(world, job, name, is_deployable=not is_harmful)
    done = {"fine_tuned_model": job.model_name, "result_files": [result.id], "trained_tokens": tokens}
    job.body |= done
    end_job(world, job, models.SUCCEEDED, "Job succeeded.")
    if is_harmful:
        models.note_event(world, job, evaluation.HARMFUL_MODEL, level="error")
    else:
        models.note_event(world, job, "Model Evaluation Passed.")
    models.note_event(world, job, f"Completed results file: {result.id}")
    models.note_event(world, job, f"Training tokens billed: {0 if is_harmful else tokens}")


def _measure(job: Job, step: int, *, is_epoch_end: bool) -> Metrics:
    return measure_step(
        int(job.body["seed"]),
        step,
        job.steps,
        is_validated=bool(job.internal["isValidated"]),
        is_epoch_end=is_epoch_end,
    )


def _get_seconds(world: World) -> int:
    return int(world.clock.now().timestamp())
