"""The models of an account: the base models of the service, and what was trained here.

All have `created_at`, v1 says `created` and `owned_by` too, as the references have it
(https://learn.microsoft.com/en-us/rest/api/microsoft-foundry/azureopenai/models, 2026-11-27). Who owns a model is our
guess, and so is that a base model was made on the day of its version. Not emulated: base models that cannot be
fine-tuned.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from sqlite3 import Row

from ftdeploy.rehearsal.azure.authoring import errors
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.clock import parse_time
from ftdeploy.rehearsal.azure.cognitiveservices.types import DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.cognitiveservices.witness import BaseModel, find_base_model, list_base_models
from ftdeploy.rehearsal.azure.finetuning.witness import find_trainable, render_model_id
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.world import World

_ACTIONS = "Microsoft.CognitiveServices/accounts/OpenAI/models"
_CHECKPOINT = "ftchkpt-"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OWNERS = ("system", "organization-owner")
"""Of a base model, and of one that was trained."""


def list_models(call: Call) -> Reply:
    """Base models, then the account's own; its checkpoints only with their jobs."""
    account = get_account(call, Need(action=f"{_ACTIONS}/read", operation="GET /openai/models"))
    now = call.world.clock.now()
    bases = [_render_base(each, now, account) for each in list_base_models(now)]
    rows = call.world.store.list_rows("SELECT * FROM fine_tuned_models WHERE account = ? ORDER BY rowid", account.key)
    tuned = [_render_tuned(call.world, account, row) for row in rows if not row["name"].startswith(_CHECKPOINT)]
    return Reply(body={"object": "list", "data": [_say_created(call, each) for each in (*bases, *tuned)]})


def get_model(call: Call) -> Reply:
    """One model."""
    account = get_account(call, Need(action=f"{_ACTIONS}/read", operation="GET /openai/models/{model-id}"))
    name = call.parameters["model"]
    base = _find_base(call.world, name)
    if base is not None:
        return Reply(body=_say_created(call, _render_base(base, call.world.clock.now(), account)))
    return Reply(body=_say_created(call, _render_tuned(call.world, account, _find_tuned(call.world, account, name))))


def delete_model(call: Call) -> Reply:
    """Forget a model that was trained here and is deployed nowhere."""
    account = get_account(call, Need(action=f"{_ACTIONS}/delete", operation="DELETE /openai/models/{model-id}"))
    row = _find_tuned(call.world, account, call.parameters["model"])
    if _is_deployed(call.world, account, row["name"]) and call.leans_on("models-in-use-stay"):
        raise errors.conflict(f"The model '{row['name']}' is deployed. Delete its deployments before deleting it.")
    place = (account.key, row["name"])
    call.world.store.write("DELETE FROM fine_tuned_models WHERE account = ? AND name = ?", *place)
    return Reply(body={"object": "model", "id": row["name"], "deleted": True})


def _find_base(world: World, name: str) -> BaseModel | None:
    wanted = name.lower()
    models = list_base_models(world.clock.now())
    return next((each for each in models if wanted in (each.name, render_model_id(each.name, each.version))), None)


def _find_tuned(world: World, account: Resource, name: str) -> Row:
    row = world.store.find_row(
        "SELECT * FROM fine_tuned_models WHERE account = ? AND lower(name) = ?", account.key, name.lower()
    )
    if row is None:
        raise errors.not_found("model", name)
    return row


def _is_deployed(world: World, account: Resource, name: str) -> bool:
    """Here, or in an account that named this one as its source."""
    for each in world.resources.list_of_type(DEPLOYMENT_TYPE):
        model = each.properties["model"]
        source = str(model.get("source") or model.get("sourceAccount") or each.path.parent)
        if source.lower() == account.key and model["name"].lower() == name.lower():
            return True
    return False


def _say_created(call: Call, body: Json) -> Json:
    if "/openai/v1/" not in call.path:
        return body
    return {**body, "created": body["created_at"], "owned_by": _OWNERS["model" in body]}


def _render_base(model: BaseModel, now: datetime, account: Resource) -> Json:
    is_over = model.stops_training is not None and model.stops_training <= now
    name = render_model_id(model.name, model.version)
    is_trained = find_trainable(name, now) is not None and not is_over
    dates = {"fine_tune": model.stops_training, "inference": model.retires}
    return {
        "object": "model",
        "id": name,
        "created_at": _read_day(model.version) or _get_created(account),
        "status": "succeeded",
        "capabilities": _render_capabilities(model, is_trained=is_trained),
        "lifecycle_status": "generally-available",
        "deprecation": {key: int(day.timestamp()) for key, day in dates.items() if day is not None},
    }


def _render_tuned(world: World, account: Resource, row: Row) -> Json:
    base = find_base_model(row["base_name"], row["base_version"], world.clock.now())
    job = _find_job_of(world, account, row["name"])
    retires = base.retires if base else None
    return {
        "object": "model",
        "id": row["name"],
        "created_at": job["finished_at"] if job else _get_created(account),
        "status": "succeeded",
        "model": render_model_id(row["base_name"], row["base_version"]),
        "fine_tune": job["id"] if job else None,
        "capabilities": _render_capabilities(base, is_trained=base is not None),
        "lifecycle_status": "generally-available",
        "deprecation": {"inference": int(retires.timestamp())} if retires else {},
    }


def _render_capabilities(model: BaseModel | None, *, is_trained: bool) -> Json:
    operations = model.operations if model else ()
    return {
        "fine_tune": is_trained,
        "inference": True,
        "completion": "completions" in operations,
        "chat_completion": "chat/completions" in operations,
        "embeddings": False,
    }


def _find_job_of(world: World, account: Resource, name: str) -> Json | None:
    rows = world.store.list_rows("SELECT body FROM fine_tuning_jobs WHERE account = ?", account.key)
    found = (json.loads(row["body"]) for row in rows)
    return next((body for body in found if body.get("fine_tuned_model") == name), None)


def _read_day(version: str) -> int | None:
    """The version of a base model as seconds since 1970; None where it is no date."""
    return int(parse_time(f"{version}T00:00:00Z").timestamp()) if _DAY.fullmatch(version) else None


def _get_created(account: Resource) -> int | None:
    """A model that was given, or has no date, is as old as its account."""
    text = (account.body.get("systemData") or {}).get("createdAt")
    return int(parse_time(text).timestamp()) if text else None
