"""What an account or region has: models and usages, thin.

Not emulated: prices, capabilities beyond chat and training, models of other publishers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from sqlite3 import Row

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.cognitiveservices.accounts import get_account_of
from ftdeploy.rehearsal.azure.cognitiveservices.models import read_wish
from ftdeploy.rehearsal.azure.cognitiveservices.quota import Usage, list_usages
from ftdeploy.rehearsal.azure.cognitiveservices.sources import describe_model
from ftdeploy.rehearsal.azure.cognitiveservices.types import DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.cognitiveservices.witness import BaseModel, Offer, find_base_model, list_base_models
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.resourcemanager.errors import resource_not_found
from ftdeploy.rehearsal.azure.resources import normalize_location


def list_account_models(call: Call, path: ArmPath) -> Reply:
    """Base models, and the fine-tuned models that the account holds; their checkpoints are listed with their jobs."""
    call.needs("fine-tuned-models-are-listed")
    account = get_account_of(call, path)
    rows = call.world.store.list_rows(
        "SELECT * FROM fine_tuned_models WHERE account = ? AND name NOT LIKE 'ftchkpt-%' ORDER BY name", account.key
    )
    tuned = [_render_tuned(call, row, account.location) for row in rows]
    return Reply(body=page(call, [*_render_base_models(call, account.location), *tuned]))


def _render_tuned(call: Call, row: Row, location: str) -> Json:
    base = find_base_model(row["base_name"], row["base_version"], call.world.clock.now())
    return {
        "format": "OpenAI",
        "name": row["name"],
        "version": "1",
        "baseModel": {"format": "OpenAI", "name": row["base_name"], "version": row["base_version"]},
        **(_render_lifecycle(base, call.world.clock.now()) if base else {}),
        "skus": _render_offers(base, location, tuned=True),
    }


def list_deployment_skus(call: Call, path: ArmPath) -> Reply:
    """What a deployment's SKU may be changed to."""
    account = get_account_of(call, parse_arm_path(path.parent))
    deployment = call.world.resources.find(path.parent)
    if deployment is None:
        raise resource_not_found(parse_arm_path(path.parent))
    model = describe_model(call.world, read_wish(deployment.body), account.id)
    tuned = model is not None and model.is_fine_tuned
    offers = _render_offers(model.base if model else None, account.location, tuned=tuned)
    value = [
        {"resourceType": DEPLOYMENT_TYPE, "sku": {"name": each["name"]}, "capacity": each["capacity"]}
        for each in offers
    ]
    return Reply(body=page(call, value))


def list_location_models(call: Call, path: ArmPath) -> Reply:
    """Base models of a region, for both kinds of account."""
    models = _render_base_models(call, _read_location(path))
    value = [{"kind": kind, "skuName": "S0", "model": model} for kind in ("OpenAI", "AIServices") for model in models]
    return Reply(body=page(call, value))


def list_location_usages(call: Call, path: ArmPath) -> Reply:
    """Quota of a subscription in a region: what is used, what is the limit."""
    found = list_usages(call.world, subscription=path.subscription, location=_read_location(path))
    return Reply(body=page(call, [_render_usage(each) for each in found]))


def list_account_usages(call: Call, path: ArmPath) -> Reply:
    """The same for one account: what its own deployments use."""
    account = get_account_of(call, path)
    used: Counter[str] = Counter()
    for each in call.world.resources.list_children(account.id, DEPLOYMENT_TYPE):
        used[str(each.internal.get("usageName"))] += int(each.body["sku"]["capacity"])
    found = list_usages(call.world, subscription=path.subscription, location=account.location)
    mine = [replace(each, used=used[each.name]) for each in found if used[each.name]]
    return Reply(body=page(call, [_render_usage(each) for each in mine]))


def _read_location(path: ArmPath) -> str:
    return normalize_location(path.parent.rpartition("/")[2])


def _render_base_models(call: Call, location: str) -> list[Json]:
    now = call.world.clock.now()
    return [
        {
            "format": "OpenAI",
            "name": model.name,
            "version": model.version,
            **_render_lifecycle(model, now),
            "capabilities": {"chatCompletion": "true", "fineTune": "true"},
            "skus": [
                *_render_offers(model, location, tuned=False),
                *_render_offers(model, location, tuned=True),
            ],
        }
        for model in list_base_models(now)
    ]


def _render_lifecycle(model: BaseModel, now: datetime) -> Json:
    """The API says `Deprecating` where the pages say deprecated, and `Deprecated` where they say retired."""
    if model.retires is None:
        return {"lifecycleStatus": "GenerallyAvailable"}
    is_announced = model.stops_training is not None and model.stops_training <= now
    status = "Deprecated" if model.is_retired(now) else "Deprecating" if is_announced else "GenerallyAvailable"
    dates = {"inference": render_time(model.retires)}
    if model.stops_training is not None:
        dates["fineTune"] = render_time(model.stops_training)
    return {"lifecycleStatus": status, "deprecation": dates}


def _render_offers(model: BaseModel | None, location: str, *, tuned: bool) -> list[Json]:
    offers = model.list_offers(location, is_fine_tuned=tuned) if model else ()
    return [_render_offer(each, model) for each in offers]


def _render_offer(offer: Offer, model: BaseModel | None) -> Json:
    dates = {"deprecationDate": render_time(model.retires)} if model and model.retires else {}
    size = {"minimum": offer.minimum, "maximum": offer.maximum, "step": offer.step, "default": offer.minimum}
    return {"name": offer.sku, "usageName": offer.usage_name, "capacity": size, **dates}


def _render_usage(usage: Usage) -> Json:
    return {
        "name": {"value": usage.name, "localizedValue": usage.label},
        "currentValue": usage.used,
        "limit": usage.limit,
        "unit": "Count",
        "status": "Included",
    }
