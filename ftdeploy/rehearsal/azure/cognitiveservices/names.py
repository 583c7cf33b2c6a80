"""Names of accounts and their subdomains: legal, and one account's in the whole cloud, deleted ones included.

Not emulated: names that Azure reserves, other services' subdomains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.cognitiveservices import errors
from ftdeploy.rehearsal.azure.cognitiveservices.types import ACCOUNT_TYPE
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resourcemanager.directory import check_location
from ftdeploy.rehearsal.azure.resourcemanager.errors import location_unknown
from ftdeploy.rehearsal.azure.resources import Resource, Resources
from ftdeploy.rehearsal.azure.world import World

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}")
_KINDS = ("OpenAI", "AIServices")
_SKU = "S0"
LOOKUP = "subdomain:"
"""How an account is found by the name in a model call's address."""


def check_new(call: Call, path: ArmPath, body: Json, location: str) -> None:
    """Whether an account of this name, kind and place can be made.

    Raises:
        AzureError: 400; the name, the kind, the SKU or the region is none, or the region is full.
    """
    if not _NAME.fullmatch(path.name) and call.leans_on("account-names-are-checked"):
        raise errors.invalid_account_name(path.name)
    check_kind(call, body, location)
    check_location(call, location, partial(location_unknown, ACCOUNT_TYPE))
    limit = call.world.settings.get_count("accountsPerRegion")
    below = f"/subscriptions/{path.subscription}"
    count = sum(each.location == location for each in call.world.resources.list_of_type(ACCOUNT_TYPE, below=below))
    if count >= limit and call.leans_on("accounts-per-region"):
        raise errors.too_many_accounts(limit, location)


def check_kind(call: Call, body: Json, location: str) -> None:
    """Whether there are accounts of this kind and SKU.

    Raises:
        AzureError: 400.
    """
    kind, sku = str(body["kind"]), str(body["sku"].get("name"))
    if (kind not in _KINDS or sku != _SKU) and call.leans_on("account-kinds"):
        raise errors.kind_not_offered(kind, sku, location)


def check_subdomain(call: Call, account: Resource, existing: Resource | None) -> None:
    """Whether an account may have the subdomain that it wants.

    Raises:
        AzureError: 409 when another account has it, or had it and is not purged; 400 when it would change.
    """
    wanted = get_subdomain(account)
    if existing is not None and is_changed(existing, wanted) and call.leans_on("subdomains-do-not-change"):
        raise errors.domain_unchangeable(existing.properties["customSubDomainName"])
    holders = (each for each in list_holders(call.world, wanted) if each.key != account.key)
    if next(holders, None) is not None and call.leans_on("subdomains-are-unique"):
        raise errors.domain_in_use(wanted)


def is_changed(existing: Resource, wanted: str) -> bool:
    """Whether an account had another custom subdomain before."""
    before = str(existing.properties.get("customSubDomainName") or "")
    return bool(before) and before.lower() != wanted.lower()


def post_domain_availability(call: Call, path: ArmPath) -> Reply:
    """Whether a subdomain is free: `{"subdomainName": "…", "type": "Microsoft.CognitiveServices/accounts"}`."""
    body = call.read_json()
    name = str(body.get("subdomainName") or "")
    is_taken = next(list_holders(call.world, name), None) is not None
    reason = f"Sub domain name '{name}' is already used. Please pick a different name." if is_taken else None
    answer = {"isSubdomainAvailable": not is_taken, "reason": reason, "subdomainName": name, "type": body.get("type")}
    return Reply(body={**answer, "kind": body.get("kind")})


def get_subdomain(account: Resource) -> str:
    """The name by which model calls find an account: its custom subdomain, or its own name."""
    return str(account.properties.get("customSubDomainName") or account.name)


def find_by_subdomain(resources: Resources, name: str) -> Resource | None:
    """The account that answers model calls under a name."""
    return next(resources.list_by_lookup(f"{LOOKUP}{name}"), None)


def list_holders(world: World, name: str) -> Iterator[Resource]:
    """Whoever has a subdomain, deleted accounts included."""
    yield from world.resources.list_by_lookup(f"{LOOKUP}{name}")
    for each in world.deleted.list_all():
        if get_subdomain(each.account).lower() == name.lower():
            yield each.account
