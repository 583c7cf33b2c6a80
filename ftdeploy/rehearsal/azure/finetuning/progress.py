"""What a job does by the clock: it waits its turn, starts, ends an epoch after the other, and leaves a model."""

from __future__ import annotations

import re
from datetime import timedelta

from ftdeploy.rehearsal.azure.agenda import Entry
from ftdeploy.rehearsal.azure.call import Json
from ftdeploy.rehearsal.azure.files.models import File, find_file
from ftdeploy.rehearsal.azure.finetuning import evaluation, models, outcome
from ftdeploy.rehearsal.azure.finetuning.models import Job
from ftdeploy.rehearsal.azure.world import World

STEP = "fine-tuning-job-goes-on"
"""The kind of agenda entry that takes a job further; its subject is the account's id, a space and the job's id."""
_TOKEN = re.compile(rb"\w+|[^\w\s]")
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
    if world.resources.find(account_key) is None and world.switches.leans_on("jobs-end-with-their-account"):
        end_job(world, job, models.CANCELLED, "Job cancelled: the resource was deleted.")
    elif job.status == models.PENDING:
        _start(world, job)
    elif job.internal["isFailing"]:
        _fail(world, job, evaluation.Problem.of_service())
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
    outcome.keep_version(world, job, step, is_epoch_end=False)
    models.note_event(world, job, "Job paused.")
    wake_waiting(world, job.account)


def resume_job(world: World, job: Job) -> None:
    """Go on with a paused job, its epoch from the beginning; it waits where others took its place."""
    if _has_place(world, job):
        _run(world, job, "Job resumed.")
    else:
        _let_wait(world, job)


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
        _let_wait(world, job)
        return
    if "examples" in job.internal:
        _run(world, job, "Job resumed.")
        return
    problem = evaluation.find_problem(world, job, training, validation)
    if training is None or problem is not None:
        _fail(world, job, problem or evaluation.Problem.of_missing_file())
        return
    _settle_hyperparameters(job, training)
    job.internal["isValidated"] = validation is not None
    job.internal["isFailing"] = evaluation.makes_training_fail(world, training)
    job.internal["isHarmful"] = evaluation.makes_harmful_model(world, training)
    _run(world, job, "Job started.")


def _run(world: World, job: Job, message: str) -> None:
    job.body["status"] = models.RUNNING
    _plan_epochs(world, job)
    models.save_job(world, job)
    models.note_event(world, job, message)


def _let_wait(world: World, job: Job) -> None:
    job.body["status"] = models.PENDING
    job.internal["isWaiting"] = True
    models.save_job(world, job)


def _has_place(world: World, job: Job) -> bool:
    if not world.switches.leans_on("jobs-wait-their-turn"):
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
    now = world.clock.now().timestamp()
    job.internal["epoch"] += 1
    job.internal["trainedSeconds"] = job.internal.get("trainedSeconds", 0.0) + now - job.internal["epochStarted"]
    job.internal["epochStarted"] = now
    models.save_job(world, job)
    outcome.tell_steps(world, job, first, last)
    outcome.keep_version(world, job, last, is_epoch_end=True)
    if last == job.steps:
        _succeed(world, job)
    else:
        plan_step(world, job, world.settings.get_seconds("trainingEpochSeconds"))


def _succeed(world: World, job: Job) -> None:
    result_id = outcome.leave_results(world, job)
    is_harmful = outcome.is_harmful(world, job)
    models.keep_model(world, job, job.model_name, is_deployable=not is_harmful)
    tokens = int(job.internal["tokens"]) * int(job.hyperparameters["n_epochs"])
    job.body |= {"fine_tuned_model": job.model_name, "result_files": [result_id], "trained_tokens": tokens}
    _keep_hours(world, job)
    end_job(world, job, models.SUCCEEDED, "Job succeeded.")
    if is_harmful:
        models.note_event(world, job, evaluation.HARMFUL_MODEL, level="error")
    else:
        models.note_event(world, job, "Model Evaluation Passed.")
    models.note_event(world, job, f"Completed results file: {result_id}")
    models.note_event(world, job, f"Training tokens billed: {0 if is_harmful else tokens}")


def _keep_hours(world: World, job: Job) -> None:
    """Let Monitor show how long the training took."""
    account = world.resources.find(job.account)
    hours = float(job.internal["trainedSeconds"]) / 3600
    region = account.location if account else ""
    world.traffic.keep_training(job.account, world.clock.now(), hours, region=region)


def _get_seconds(world: World) -> int:
    return int(world.clock.now().timestamp())
