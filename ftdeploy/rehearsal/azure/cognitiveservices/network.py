"""Who may reach an account's model endpoint: public access, and the firewall's list of addresses.

Everything in a rehearsal comes from this machine, so the setting `callerAddress` says where a call seems to come from.
Not emulated: virtual networks and private endpoints, from which no call comes here.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.cognitiveservices import errors
from ftdeploy.rehearsal.azure.resources import Resource


def check_network(call: Call, account: Resource) -> None:
    """Whether a model call reaches the account.

    Raises:
        AzureError: 403; it takes calls from private endpoints only, or its firewall does not list the caller.
    """
    if account.properties.get("publicNetworkAccess") == "Disabled" and call.leans_on("networks-are-checked"):
        raise errors.public_access_disabled()
    rules: Json = account.properties.get("networkAcls") or {}
    if str(rules.get("defaultAction") or "Allow").lower() != "deny":
        return
    addresses = call.world.settings.get_words("callerAddress")
    if not _is_listed(addresses, rules.get("ipRules") or ()) and call.leans_on("networks-are-checked"):
        raise errors.firewall_denies()


def _is_listed(addresses: Iterable[str], rules: Iterable[Json]) -> bool:
    networks = [ipaddress.ip_network(str(rule.get("value", "")), strict=False) for rule in rules]
    return any(ipaddress.ip_address(each) in network for each in addresses for network in networks)
