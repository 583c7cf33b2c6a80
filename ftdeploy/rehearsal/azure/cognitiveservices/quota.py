"""Quota: what a subscription may use in a region, and what its deployments use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ftdeploy.rehearsal.azure.cognitiveservices.types import DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.cognitiveservices.witness import Offer, get_default_quota, list_base_models
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.world import World

_TOKENS = "Tokens Per Minute (thousands)"
_THROUGHPUT = {
    "ProvisionedManaged": "Provisioned Managed Throughput Unit",
    "GlobalProvisionedManaged": "Global Provisioned Managed Throughput Unit",
    "DataZoneProvisionedManaged": "Data Zone Provisioned Managed Throughput Unit",
}
HELD = "deleted-accounts-hold-quota"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """One quota of a subscription in a region; PTU, or thousands of tokens a minute."""

    name: str
    used: int
    limit: int

    @property
    def label(self) -> str:
        """The name for people: `Tokens Per Minute (thousands) - gpt-4o - GlobalStandard`; without Standard."""
        _, sku, *model = self.name.split(".", 2)
        if not model:
            return _THROUGHPUT[sku]
        return " - ".join([_TOKENS, *model, *([] if sku == "Standard" else [sku])])


def measure_usage(world: World, offer: Offer, *, subscription: str, location: str) -> Usage:
    """How full the quota is that an offer counts against."""
    used = _sum_usage(world, render_pool(offer.usage_name, subscription=subscription, location=location))
    limit = find_limit(world, offer.usage_name, subscription=subscription, location=location)
    if limit is None:
        is_ours = world.switches.leans_on("default-quota-is-ours")
        limit = get_default_quota(is_provisioned=offer.is_provisioned) if is_ours else 0
    return Usage(name=offer.usage_name, used=used, limit=limit)


def _sum_usage(world: World, pool: str) -> int:
    """What deployments use of a quota; those being deleted, also of deleted accounts, count until they are gone."""
    held = (each for each in list_held(world) if each.lookup.lower() == pool.lower())
    found = [*world.resources.list_by_lookup(pool), *held]
    return sum(int(each.body["sku"]["capacity"]) for each in found)


def list_held(world: World) -> Iterator[Resource]:
    """Deployments of deleted accounts, which keep what they have until the purge."""
    if not world.switches.leans_on(HELD):
        return
    for deleted in world.deleted.list_all():
        yield from (each for each in deleted.inner if each.type == DEPLOYMENT_TYPE)


def render_pool(name: str, *, subscription: str, location: str) -> str:
    """How the deployments that share a quota are found."""
    return f"pool:{subscription}|{location}|{name}"


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
    """Every quota that models sold in a region count against."""
    offers: dict[str, Offer] = {}
    for base in list_base_models(world.clock.now()):
        for offer in (
            *base.list_offers(location, is_fine_tuned=True),
            *base.list_offers(location, is_fine_tuned=False),
        ):
            offers.setdefault(offer.usage_name, offer)
    return [measure_usage(world, offer, subscription=subscription, location=location) for offer in offers.values()]
