"""What a job is to do, and whether it can."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ftdeploy.rehearsal.azure.authoring import errors
from ftdeploy.rehearsal.azure.authoring.errors import invalid_payload
from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.cognitiveservices.witness import find_base_model
from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.files.models import TRAINING, find_file
from ftdeploy.rehearsal.azure.finetuning.models import PENDING, Job, list_jobs
from ftdeploy.rehearsal.azure.finetuning.witness import (
    DEVELOPER,
    GLOBAL,
    STANDARD,
    TRAINING_TYPES,
    TrainableModel,
    find_trainable,
    render_model_id,
)
from ftdeploy.rehearsal.azure.resources import Resource

AUTOMATIC = -1
_CHECKED = "job-wishes-are-checked"
_SUFFIX = re.compile(r"[A-Za-z0-9_-]{1,40}")
_MOST_PER_BATCH = 256
_METHODS = ("supervised", "dpo", "reinforcement")
_CHOSEN = ("batch_size", "n_epochs", "learning_rate_multiplier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A job as it is asked for, found possible."""

    base: TrainableModel
    method: str
    training_type: str
    hyperparameters: Json
    """With -1 for what the service chooses, and what a method has of its own."""


def read_wish(call: Call, account: Resource, sent: Json) -> Wish:
    """What is asked for.

    Raises:
        AzureError: 400; something is missing, or cannot be in this account.
    """
    for name in ("model", "training_file"):
        if not isinstance(sent.get(name), str) or not sent[name]:
            raise invalid_payload(f"The {name} field is required.")
    base = _find_base(call, account, str(sent["model"]))
    method, options = _read_method(sent.get("method"), base)
    training_type = _read_training_type(call, sent.get("trainingType"))
    is_offered = base.is_trained_in(account.location, training_type) and not _is_over(call, base)
    if not is_offered and call.leans_on("training-needs-its-region"):
        raise _not_trained()
    if method not in base.methods and call.leans_on("methods-fit-their-models"):
        raise _not_trained()
    if not isinstance(sent.get("hyperparameters") or {}, dict):
        raise invalid_payload("Invalid value for hyperparameters.")
    hyperparameters = {**(sent.get("hyperparameters") or {}), **options}
    wish = Wish(base=base, method=method, training_type=training_type, hyperparameters=_fill(hyperparameters))
    if call.leans_on(_CHECKED):
        _check_hyperparameters(wish.hyperparameters)
        _check_suffix(sent.get("suffix"))
    for name in ("training_file", "validation_file"):
        _check_file(call, account, name, sent.get(name))
    return wish


def check_limits(call: Call, account: Resource) -> None:
    """Whether the account can have one more job.

    Raises:
        AzureError: 400; it has too many in all, or too many that wait.
    """
    jobs: list[Job] = list_jobs(call.world, account.key)
    settings = call.world.settings
    most, most_queued = settings.get_count("fineTuningJobsPerAccount"), settings.get_count("queuedJobsPerAccount")
    queued = sum(each.status == PENDING for each in jobs)
    if len(jobs) >= most and call.leans_on("jobs-have-limits"):
        raise errors.quota_exceeded(f"The maximum number of {most} fine-tuning jobs of the resource has been reached.")
    if queued >= most_queued and call.leans_on("jobs-have-limits"):
        raise errors.quota_exceeded(f"The maximum number of {most_queued} queued fine-tuning jobs has been reached.")


def _not_trained() -> AzureError:
    return invalid_payload("The specified base model does not support fine-tuning.")


def _find_base(call: Call, account: Resource, name: str) -> TrainableModel:
    """A base model, or that of a fine-tuned model or a checkpoint of the account."""
    now = call.world.clock.now()
    row = call.world.store.find_row(
        "SELECT * FROM fine_tuned_models WHERE account = ? AND lower(name) = ?", account.key, name.lower()
    )
    wanted = render_model_id(row["base_name"], row["base_version"]) if row else name
    found = find_trainable(wanted, now)
    if found is None:
        raise _not_trained()
    return found


def _is_over(call: Call, base: TrainableModel) -> bool:
    now = call.world.clock.now()
    sold = find_base_model(base.name, base.version, now)
    return sold is not None and sold.stops_training is not None and sold.stops_training <= now


def _read_method(sent: object, base: TrainableModel) -> tuple[str, Json]:
    """The method and its hyperparameters: `{"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.1}}}`."""
    if sent is None:
        return base.methods[0], {}
    name = sent.get("type") if isinstance(sent, dict) else None
    if name not in _METHODS or not isinstance(sent, dict):
        raise invalid_payload("Invalid value for method.")
    options = sent.get(name) or {}
    if name == "reinforcement" and not options.get("grader"):
        raise invalid_payload("The grader field is required.")
    return str(name), dict(options.get("hyperparameters") or {})


def _read_training_type(call: Call, sent: object) -> str:
    """Standard unless said; one client sends the number 1, which is taken for global training."""
    name = GLOBAL if sent == 1 else str(sent or STANDARD).lower()
    if name not in TRAINING_TYPES and call.leans_on(_CHECKED):
        raise invalid_payload("Invalid value for trainingType.")
    return name if name in TRAINING_TYPES else STANDARD


def _fill(sent: Json) -> Json:
    usual: Json = {"batch_size": AUTOMATIC, "n_epochs": AUTOMATIC, "learning_rate_multiplier": AUTOMATIC}
    return {**usual, **{key: AUTOMATIC if value == "auto" else value for key, value in sent.items()}}


def _check_hyperparameters(found: Json) -> None:
    for name in _CHOSEN:
        value = found[name]
        kinds = (int, float) if name == "learning_rate_multiplier" else (int,)
        is_number = isinstance(value, kinds) and not isinstance(value, bool)
        if not is_number or (value != AUTOMATIC and value <= 0):
            raise invalid_payload(f"Invalid value for {name}.")
    if found["batch_size"] > _MOST_PER_BATCH:
        raise invalid_payload(f"Invalid value for batch_size: the maximum is {_MOST_PER_BATCH}.")


def _check_suffix(suffix: object) -> None:
    if suffix is not None and not (isinstance(suffix, str) and _SUFFIX.fullmatch(suffix)):
        raise invalid_payload("Invalid value for suffix: it has up to 40 characters (a-z, A-Z, 0-9, - and _).")


def _check_file(call: Call, account: Resource, field: str, file_id: object) -> None:
    """A file may still be pending; one that is in error cannot be used."""
    if not file_id:
        return
    file = find_file(call.world, account.key, str(file_id))
    if file is None or file.purpose != TRAINING:
        raise invalid_payload(f"The {field} '{file_id}' does not exist or is not for {TRAINING}.")
    if file.status == "error":
        raise invalid_payload(f"The {field} '{file_id}' is in the state error.")


def is_developer(wish: Wish) -> bool:
    """Whether a job has the queue of the developer training type."""
    return wish.training_type == DEVELOPER
