"""Fine-tuning jobs as accounts hold them, with their events and checkpoints."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from sqlite3 import Row

from ftdeploy.rehearsal.azure.call import Json
from ftdeploy.rehearsal.azure.world import World

PENDING, RUNNING, PAUSED = "pending", "running", "paused"
SUCCEEDED, FAILED, CANCELLED = "succeeded", "failed", "cancelled"
ENDED = (SUCCEEDED, FAILED, CANCELLED)


@dataclass(slots=True, kw_only=True)
class Job:
    """A job: `body` is what is answered, `internal` what only the emulator knows."""

    account: str
    """The account's id in lower case."""
    id: str
    created: int
    is_developer: bool
    """Whether it is of the developer training type, which has a queue of its own."""
    body: Json
    internal: Json
    """`{"baseName": …, "baseVersion": …, "method": …, "epoch": 0, "startedAt": 0, "examples": 0, "tokens": 0}`."""

    @property
    def status(self) -> str:
        """Where it is."""
        return str(self.body["status"])

    @property
    def model_name(self) -> str:
        """What its model is or will be called."""
        suffix = f"-{self.body['suffix']}" if self.body.get("suffix") else ""
        return f"{self.internal['baseId']}.ft-{self.id.removeprefix('ftjob-')}{suffix}"

    @property
    def hyperparameters(self) -> Json:
        """Batch size, epochs and multiplier; -1 until the service chose."""
        found: Json = self.body["hyperparameters"]
        return found

    @property
    def steps_per_epoch(self) -> int:
        """How many batches the examples are."""
        return max(1, -(-int(self.internal["examples"]) // int(self.hyperparameters["batch_size"])))

    @property
    def steps(self) -> int:
        """How many steps there are in all."""
        return self.steps_per_epoch * int(self.hyperparameters["n_epochs"])


def save_job(world: World, job: Job) -> None:
    """Write a job, new or changed; it keeps its place in lists."""
    values = (job.status, job.is_developer, json.dumps(job.body), json.dumps(job.internal))
    world.store.write(
        "INSERT INTO fine_tuning_jobs VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, id) DO UPDATE SET"
        " status = excluded.status, body = excluded.body, internal = excluded.internal",
        job.account,
        job.id,
        job.created,
        *values,
    )


def find_job(world: World, account_key: str, job_id: str) -> Job | None:
    """A job of the account."""
    row = world.store.find_row("SELECT * FROM fine_tuning_jobs WHERE account = ? AND id = ?", account_key, job_id)
    return None if row is None else _read(row)


def list_jobs(world: World, account_key: str, *statuses: str) -> list[Job]:
    """Every job of the account, or those of some statuses, oldest first."""
    rows = world.store.list_rows("SELECT * FROM fine_tuning_jobs WHERE account = ? ORDER BY rowid", account_key)
    return [_read(row) for row in rows if not statuses or row["status"] in statuses]


def list_ended(world: World) -> list[Job]:
    """The jobs of every account that have ended."""
    rows = world.store.list_rows("SELECT * FROM fine_tuning_jobs ORDER BY rowid")
    return [_read(row) for row in rows if row["status"] in ENDED]


def delete_job(world: World, job: Job) -> None:
    """Forget a job with its events and checkpoints; its model stays."""
    for table in ("fine_tuning_events", "fine_tuning_checkpoints"):
        world.store.write(f"DELETE FROM {table} WHERE account = ? AND job = ?", job.account, job.id)  # noqa: S608
    world.store.write("DELETE FROM fine_tuning_jobs WHERE account = ? AND id = ?", job.account, job.id)


def note_event(world: World, job: Job, message: str, *, level: str = "info", data: Json | None = None) -> None:
    """Tell what happened in a job; with data it is of the type `metrics`."""
    body = {
        "object": "fine_tuning.job.event",
        "id": f"ftevent-{uuid.uuid4().hex}",
        "created_at": int(world.clock.now().timestamp()),
        "level": level,
        "message": message,
        "type": "metrics" if data else "message",
        "data": data,
    }
    values = (job.account, job.id, json.dumps(body))
    world.store.write("INSERT INTO fine_tuning_events (account, job, body) VALUES (?, ?, ?)", *values)


def list_events(world: World, job: Job) -> list[Json]:
    """What happened in a job, newest first."""
    return _list_bodies(world, "fine_tuning_events", job)


def keep_checkpoint(world: World, job: Job, *, name: str, metrics: Json, is_deployable: bool) -> None:
    """Keep a version of the model that a job made at a step."""
    checkpoint_id = f"ftchkpt-{uuid.uuid4().hex}"
    body = {
        "object": "fine_tuning.job.checkpoint",
        "id": checkpoint_id,
        "created_at": int(world.clock.now().timestamp()),
        "fine_tuned_model_checkpoint": name,
        "fine_tuning_job_id": job.id,
        "metrics": metrics,
        "step_number": metrics["step"],
    }
    values = (job.account, job.id, checkpoint_id, json.dumps(body))
    world.store.write("INSERT INTO fine_tuning_checkpoints (account, job, id, body) VALUES (?, ?, ?, ?)", *values)
    keep_model(world, job, checkpoint_id, is_deployable=is_deployable)


def list_checkpoints(world: World, job: Job) -> list[Json]:
    """The versions of a job's model that are kept, newest first."""
    return _list_bodies(world, "fine_tuning_checkpoints", job)


def drop_checkpoint(world: World, job: Job, checkpoint_id: str) -> None:
    """Forget a version."""
    place = (job.account, checkpoint_id)
    world.store.write("DELETE FROM fine_tuning_checkpoints WHERE account = ? AND id = ?", *place)
    world.store.write("DELETE FROM fine_tuned_models WHERE account = ? AND name = ?", *place)


def keep_model(world: World, job: Job, name: str, *, is_deployable: bool) -> None:
    """Keep a model or a version of it in the account."""
    internal = job.internal
    values = (job.account, name, internal["baseName"], internal["baseVersion"], is_deployable)
    world.store.write("INSERT OR REPLACE INTO fine_tuned_models VALUES (?, ?, ?, ?, ?)", *values)


def _list_bodies(world: World, table: str, job: Job) -> list[Json]:
    rows = world.store.list_rows(
        f"SELECT body FROM {table} WHERE account = ? AND job = ? ORDER BY n DESC",  # noqa: S608 a name from above
        job.account,
        job.id,
    )
    return [json.loads(row["body"]) for row in rows]


def _read(row: Row) -> Job:
    return Job(
        account=row["account"],
        id=row["id"],
        created=row["created"],
        is_developer=bool(row["is_developer"]),
        body=json.loads(row["body"]),
        internal=json.loads(row["internal"]),
    )
