"""Which verb on which type goes to which handler, for Microsoft.CognitiveServices."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import ArmHandler
from ftdeploy.rehearsal.azure.cognitiveservices import accounts, deployments, lists

_ACCOUNTS = "microsoft.cognitiveservices/accounts"
_DEPLOYMENTS = "microsoft.cognitiveservices/accounts/deployments"
_LOCATIONS = "microsoft.cognitiveservices/locations"

ITEMS: dict[tuple[str, str], ArmHandler] = {
    ("PUT", _ACCOUNTS): accounts.put_account,
    ("PATCH", _ACCOUNTS): accounts.patch_account,
    ("GET", _ACCOUNTS): accounts.get_account,
    ("DELETE", _ACCOUNTS): accounts.delete_account,
    ("PUT", _DEPLOYMENTS): deployments.put_deployment,
    ("PATCH", _DEPLOYMENTS): deployments.patch_deployment,
    ("GET", _DEPLOYMENTS): deployments.get_deployment,
    ("DELETE", _DEPLOYMENTS): deployments.delete_deployment,
}
COLLECTIONS: dict[tuple[str, str], ArmHandler] = {
    ("GET", _ACCOUNTS): accounts.list_accounts,
    ("POST", f"{_ACCOUNTS}/listkeys"): accounts.list_keys,
    ("GET", f"{_ACCOUNTS}/models"): lists.list_account_models,
    ("GET", _DEPLOYMENTS): deployments.list_deployments,
    ("GET", f"{_LOCATIONS}/models"): lists.list_location_models,
    ("GET", f"{_LOCATIONS}/usages"): lists.list_location_usages,
}
# Known to Azure and not emulated: refused by name rather than kept as an unknown type.
REFUSED = frozenset(
    {
        f"{_ACCOUNTS}/skus",
        f"{_ACCOUNTS}/usages",
        f"{_DEPLOYMENTS}/skus",
        "microsoft.cognitiveservices/deletedaccounts",
        "microsoft.cognitiveservices/modelcapacities",
        "microsoft.cognitiveservices/skus",
        f"{_LOCATIONS}/modelcapacities",
        f"{_LOCATIONS}/resourcegroups/deletedaccounts",
    }
)
