"""What an account or region has: models and usages, thin.

Not emulated: lifecycle dates, prices, capabilities, models of other publishers, paging.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.cognitiveservices.accounts import get_account_of
from ftdeploy.rehearsal.azure.cognitiveservices.quota import Usage, list_usages
from ftdeploy.rehearsal.azure.cognitiveservices.witness import BaseModel, Offer, find_base_model, list_base_models
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resources import normalize_location


def list_account_models(call: Call, path: ArmPath) -> Reply:
    """Base models, and the fine-tuned models that the account holds."""
    call.leans_on("fine-tuned-models-are-listed")
    account = get_account_of(call, path)
    rows = call.world.store.list_rows("SELECT * FROM fine_tuned_models WHERE account = ? ORDER BY name", account.key)
    tuned = [
        {
            "format": "OpenAI",
            "name": row["name"],
            "version": "1",
            "baseModel": {"format": "OpenAI", "name": row["base_name"], "version": row["base_version"]},
            "skus": _render_offers(
                find_base_model(row["base_name"], row["base_version"]), account.location, tuned=True
            ),
        }
        for row in rows
    ]
    return Reply(body={"value": [*_render_base_models(account.location), *tuned]})


def list_location_models(call: Call, path: ArmPath) -> Reply:
    """Base models of a region, for both kinds of account."""
    models = _render_base_models(_read_location(path))
    value = [{"kind": kind, "skuName": "S0", "model": model} for kind in ("OpenAI", "AIServices") for model in models]
    return Reply(body={"value": value})


def list_location_usages(call: Call, path: ArmPath) -> Reply:
    """Quota of a subscription in a region: what is used, what is the limit."""
    call.leans_on("default-quota-is-ours")
    found = list_usages(call.world, subscription=path.subscription, location=_read_location(path))
    return Reply(body={"value": [_render_usage(each) for each in found]})


def _read_location(path: ArmPath) -> str:
    return normalize_location(path.parent.rpartition("/")[2])


def _render_base_models(location: str) -> list[Json]:
    return [
        {
            "format": "OpenAI",
            "name": model.name,
            "version": model.version,
            "lifecycleStatus": "GenerallyAvailable",
            "capabilities": {"chatCompletion": "true", "fineTune": "true"},
            "skus": [
                *_render_offers(model, location, tuned=False),
                *_render_offers(model, location, tuned=True),
            ],
        }
        for model in list_base_models()
    ]


def _render_offers(model: BaseModel | None, location: str, *, tuned: bool) -> list[Json]:
    offers = model.list_offers(location, is_fine_tuned=tuned) if model else ()
    return [_render_offer(each) for each in offers]


def _render_offer(offer: Offer) -> Json:
    size = {"minimum": offer.minimum, "maximum": offer.maximum, "step": offer.step, "default": offer.minimum}
    return {"name": offer.sku, "usageName": offer.usage_name, "capacity": size}


def _render_usage(usage: Usage) -> Json:
    return {
        "name": {"value": usage.name, "localizedValue": usage.name},
        "currentValue": usage.used,
        "limit": usage.limit,
        "unit": "Count",
    }
