"""What a training leaves: events for its steps, versions of the model, and the results."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.files.models import add_result
from ftdeploy.rehearsal.azure.finetuning import models
from ftdeploy.rehearsal.azure.finetuning.curve import Metrics, measure_step, render_csv
from ftdeploy.rehearsal.azure.finetuning.models import Job
from ftdeploy.rehearsal.azure.world import World

_KEPT_VERSIONS = 3  # azure-ai-docs articles/ai-services/openai/how-to/fine-tuning.md (2024)
_EVENTS_PER_JOB = 10  # ours


def tell_steps(world: World, job: Job, first: int, last: int) -> None:
    """Note an event for some of the steps from the first to the last, which ends an epoch."""
    every = max(1, job.steps // _EVENTS_PER_JOB)
    for step in range(first, last + 1):
        if step % every == 0:
            metrics = _measure(job, step, is_epoch_end=step == last)
            models.note_event(world, job, f"Step {step}: training loss={metrics['train_loss']}", data=metrics)


def keep_version(world: World, job: Job, step: int, *, is_epoch_end: bool) -> None:
    """Keep the model as it is after a step, and forget the oldest versions of more than three."""
    name = job.model_name if step == job.steps else f"{job.model_name}:ckpt-step-{step}"
    metrics = _measure(job, step, is_epoch_end=is_epoch_end)
    models.keep_checkpoint(world, job, name=name, metrics=metrics, is_deployable=not is_harmful(world, job))
    if world.switches.leans_on("last-versions-are-kept"):
        for old in models.list_checkpoints(world, job)[_KEPT_VERSIONS:]:
            models.drop_checkpoint(world, job, old["id"])


def leave_results(world: World, job: Job) -> str:
    """Keep `results.csv`; returns the file's id."""
    rows = [_measure(job, step, is_epoch_end=step % job.steps_per_epoch == 0) for step in range(1, job.steps + 1)]
    return add_result(world, job.account, name="results.csv", content=render_csv(rows)).id


def is_harmful(world: World, job: Job) -> bool:
    """Whether the model of a job, and each version of it, fails its evaluation."""
    return bool(job.internal["isHarmful"]) and world.switches.leans_on("models-are-evaluated")


def _measure(job: Job, step: int, *, is_epoch_end: bool) -> Metrics:
    return measure_step(
        int(job.body["seed"]),
        step,
        job.steps,
        is_validated=bool(job.internal["isValidated"]),
        is_epoch_end=is_epoch_end,
    )
