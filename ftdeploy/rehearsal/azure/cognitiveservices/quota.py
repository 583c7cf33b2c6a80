"""Quota: what a subscription may use in a region, and what its deployments use."""

from __future__ import annotations

from dataclasses import dataclass

from ftdeploy.rehearsal.azure.cognitiveservices.models import DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.cognitiveservices.witness import Offer, get_default_quota, list_base_models
from ftdeploy.rehearsal.azure.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """One quota of a subscription in a region; PTU, or thousands of tokens a minute."""

    name: str
    used: int
    limit: int


def measure_usage(world: World, offer: Offer, *, subscription: str, location: str, without: str = "") -> Usage:
    """How full the quota is that an offer counts against; `without` names a deployment that is being changed."""
    used = sum_usage(world, offer.usage_name, subscription=subscription, location=location, without=without)
    limit = find_limit(world, offer.usage_name, subscription=subscription, location=location)
    default = get_default_quota(is_provisioned=offer.is_provisioned)
    return Usage(name=offer.usage_name, used=used, limit=default if limit is None else limit)


def sum_usage(world: World, name: str, *, subscription: str, location: str, without: str) -> int:
    """What deployments use of a quota; those being deleted count until they are gone."""
    total = 0
    for deployment in world.resources.list_of_type(DEPLOYMENT_TYPE, below=f"/subscriptions/{subscription}"):
        used = deployment.internal
        is_counted = used.get("location") == location and str(used.get("usageName", "")).lower() == name.lower()
        if is_counted and deployment.key != without.lower():
            total += int(deployment.body["sku"]["capacity"])
    return total


def find_limit(world: World, name: str, *, subscription: str, location: str) -> int | None:
    """The limit that the scenario gives; None when it gives none."""
    row = world.store.find_row(
        "SELECT capacity FROM quota WHERE subscription = ? AND location = ? AND name = ?",
        subscription.lower(),
        location,
        name.lower(),
    )
    return None if row is None else int(row["capacity"])


def list_usages(world: World, *, subscription: str, location: str) -> list[Usage]:
    """Every quota that fine-tuned models sold in a region count against."""
    offers: dict[str, Offer] = {}
    for base in list_base_models():
        for offer in base.list_offers(location, is_fine_tuned=True):
            offers.setdefault(offer.usage_name, offer)
    return [measure_usage(world, offer, subscription=subscription, location=location) for offer in offers.values()]
