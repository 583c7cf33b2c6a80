"""Which address goes to which handler, for fine-tuning jobs and models."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.authoring.routes import Route, serve_both
from ftdeploy.rehearsal.azure.finetuning import catalog, handlers

_JOBS = "/fine_tuning/jobs"
_JOB = f"{_JOBS}/{{job}}"
_COPY = f"{_JOB}/checkpoints/{{checkpoint}}/copy"

ROUTES: tuple[Route, ...] = (
    *serve_both("POST", _JOBS, handlers.post_job),
    *serve_both("GET", _JOBS, handlers.list_jobs),
    *serve_both("GET", _JOB, handlers.get_job),
    *serve_both("DELETE", _JOB, handlers.delete_job),
    *serve_both("GET", f"{_JOB}/events", handlers.list_events),
    *serve_both("GET", f"{_JOB}/checkpoints", handlers.list_checkpoints),
    *serve_both("POST", f"{_JOB}/cancel", handlers.cancel_job),
    *serve_both("POST", f"{_JOB}/pause", handlers.pause_job),
    *serve_both("POST", f"{_JOB}/resume", handlers.resume_job),
    *serve_both("POST", _COPY, handlers.copy_checkpoint),
    *serve_both("GET", _COPY, handlers.copy_checkpoint),
    *serve_both("GET", "/models", catalog.list_models),
    *serve_both("GET", "/models/{model}", catalog.get_model),
    *serve_both("DELETE", "/models/{model}", catalog.delete_model),
)
