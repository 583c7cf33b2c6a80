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

_ACTIONS = ("allow", "deny")


def check_rules(account: Resource) -> None:
    """Whether a firewall can be as an account wants it.

    Raises:
        AzureError: 400; the default action is none, or a rule is neither an address nor a range of them.
    """
    rules: Json = account.properties.get("networkAcls") or {}
    action = str(rules.get("defaultAction") or "Allow")
    if action.lower() not in _ACTIONS:
        raise errors.bad_network_rule("defaultAction", action)
    for rule in rules.get("ipRules") or ():
        value = str(rule.get("value") or "") if isinstance(rule, dict) else str(rule)
        try:
            _read_range(value if isinstance(rule, dict) else "")
        except ValueError as error:
            raise errors.bad_network_rule("ipRules", value) from error


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
    networks = [_read_range(str(rule["value"])) for rule in rules]
    return any(ipaddress.ip_address(each) in network for each in addresses for network in networks)


def _read_range(text: str) -> ipaddress.IPv4Network:
    return ipaddress.IPv4Network(text, strict=False)
