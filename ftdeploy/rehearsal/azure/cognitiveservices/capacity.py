"""Capacity, which is not quota: what a region still has of a SKU for a model, and how much a load would need.

A region has enough of everything that a scenario's `capacity` does not name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.cognitiveservices import refusals
from ftdeploy.rehearsal.azure.cognitiveservices.models import Wish
from ftdeploy.rehearsal.azure.cognitiveservices.quota import list_held, measure_usage
from ftdeploy.rehearsal.azure.cognitiveservices.sources import DeployableModel
from ftdeploy.rehearsal.azure.cognitiveservices.types import DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.cognitiveservices.witness import BaseModel, Offer, find_base_model, name_pool
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.resources import normalize_location
from ftdeploy.rehearsal.azure.world import World

REGIONS = (
    *("australiaeast", "brazilsouth", "canadaeast", "eastus", "eastus2", "francecentral", "germanywestcentral"),
    *("japaneast", "koreacentral", "northcentralus", "norwayeast", "polandcentral", "southcentralus", "southindia"),
    *("spaincentral", "swedencentral", "switzerlandnorth", "switzerlandwest", "uksouth", "westeurope", "westus3"),
)
_PARAMETERS = ("modelFormat", "modelName", "modelVersion")
# The specification's own pattern of the three parameters.
_VALUE = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")


def check_capacity(call: Call, wish: Wish, model: DeployableModel, *, path: ArmPath, location: str) -> None:
    """Whether the region has what a deployment grows by.

    Raises:
        AzureError: 400; it has not, whatever the quota says.
    """
    left = find_available(call.world, location, wish.sku, model.base_name)
    existing = call.world.resources.find(path.id)
    is_same = existing is not None and name_pool(existing.body["sku"]["name"]) == name_pool(wish.sku)
    held = int(existing.body["sku"]["capacity"]) if existing and is_same else 0
    if left is not None and wish.capacity - held > left and call.leans_on("capacity-is-not-quota"):
        raise refusals.no_capacity(wish.sku, location)


def find_available(world: World, location: str, sku: str, model: str) -> int | None:
    """What a region has left of a SKU for a model; None where the scenario says nothing."""
    row = world.store.find_row(
        "SELECT * FROM capacity WHERE location = ? AND sku = ? AND model IN (?, '') ORDER BY model DESC",
        location,
        name_pool(sku).lower(),
        model.lower(),
    )
    if row is None:
        return None
    used = sum(
        int(each.body["sku"]["capacity"])
        for each in (*world.resources.list_of_type(DEPLOYMENT_TYPE), *list_held(world))
        if each.internal.get("location") == location
        and name_pool(each.body["sku"]["name"]).lower() == row["sku"]
        and row["model"] in ("", str(each.internal.get("baseName")).lower())
    )
    return max(int(row["available"]) - used, 0)


def list_capacities(call: Call, path: ArmPath) -> Reply:
    """What is left of a model, by SKU, in one region or in all."""
    wanted = [call.query.get(each.lower(), "") for each in _PARAMETERS]
    for name, value in zip(_PARAMETERS, wanted, strict=True):
        if not _VALUE.fullmatch(value):
            raise refusals.bad_capacity_query(name)
    base = find_base_model(wanted[1], wanted[2], call.world.clock.now())
    is_regional = "/locations/" in path.id.lower()
    regions = (normalize_location(path.parent.rpartition("/")[2]),) if is_regional else REGIONS
    found = [each for region in regions for each in _list_of_region(call.world, base, path.subscription, region)]
    return Reply(body=page(call, found))


def _list_of_region(world: World, base: BaseModel | None, subscription: str, location: str) -> Iterator[Json]:
    if base is None:
        return
    tuned = {each.sku: each for each in base.list_offers(location, is_fine_tuned=True)}
    for offer in base.list_offers(location, is_fine_tuned=False):
        model = {"format": "OpenAI", "name": base.name, "version": base.version}
        kind = "Microsoft.CognitiveServices/locations/models/skuCapacities"
        parent = f"/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations/{location}"
        yield {
            "id": f"{parent}/models/OpenAI.{base.name}.{base.version}/skuCapacities/{offer.sku}",
            "type": kind,
            "name": offer.sku,
            "location": location,
            "properties": {
                "model": model,
                "skuName": offer.sku,
                "availableCapacity": _measure_left(world, offer, base.name, subscription, location),
                "availableFinetuneCapacity": _measure_left(
                    world, tuned.get(offer.sku), base.name, subscription, location
                ),
            },
        }


def _measure_left(world: World, offer: Offer | None, model: str, subscription: str, location: str) -> int:
    """The lesser of what the quota and what the region leaves."""
    if offer is None:
        return 0
    usage = measure_usage(world, offer, subscription=subscription, location=location)
    left = find_available(world, location, offer.sku, model)
    of_quota = max(usage.limit - usage.used, 0)
    return of_quota if left is None else min(of_quota, left)


def calculate(call: Call, path: ArmPath) -> Reply:
    """How much provisioned throughput a load needs: raw, and as it can be deployed."""
    body = call.read_json()
    model: Json = body.get("model") or {}
    base = find_base_model(str(model.get("name") or ""), str(model.get("version") or ""), call.world.clock.now())
    offer = base.find_offer(str(body.get("skuName") or ""), "", is_fine_tuned=False) if base else None
    if base is None or offer is None or not offer.is_provisioned:
        raise refusals.bad_capacity_query("model")
    tokens = sum(_measure_load(base, each) for each in body.get("workloads") or ())
    value = tokens / base.input_tpm_per_ptu
    steps = math.ceil(max(value - offer.minimum, 0) / offer.step)
    estimated = {"value": math.ceil(value), "deployableValue": offer.minimum + steps * offer.step}
    return Reply(body={"model": model, "skuName": body.get("skuName"), "estimatedCapacity": estimated})


def _measure_load(base: BaseModel, workload: Json) -> float:
    """Normalised tokens a minute."""
    each: Json = workload.get("requestParameters") or {}
    prompt, generated = int(each.get("avgPromptTokens") or 0), int(each.get("avgGeneratedTokens") or 0)
    return float(workload.get("requestPerMinute") or 0) * base.normalize_tokens(prompt, 0, generated)
