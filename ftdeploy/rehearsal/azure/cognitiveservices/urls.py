"""Which verb on which type goes to which handler, for Microsoft.CognitiveServices."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import ArmHandler
from ftdeploy.rehearsal.azure.cognitiveservices import (
    accounts,
    capacity,
    deployments,
    lists,
    names,
    pauses,
    policies,
    purging,
    skus,
)

_ACCOUNTS = "microsoft.cognitiveservices/accounts"
_DEPLOYMENTS = "microsoft.cognitiveservices/accounts/deployments"
_LOCATIONS = "microsoft.cognitiveservices/locations"
_POLICIES = "microsoft.cognitiveservices/accounts/raipolicies"
_DELETED = "microsoft.cognitiveservices/locations/resourcegroups/deletedaccounts"

ITEMS: dict[tuple[str, str], ArmHandler] = {
    ("PUT", _ACCOUNTS): accounts.put_account,
    ("PATCH", _ACCOUNTS): accounts.patch_account,
    ("GET", _ACCOUNTS): accounts.get_account,
    ("DELETE", _ACCOUNTS): accounts.delete_account,
    ("GET", _DELETED): purging.get_deleted,
    ("DELETE", _DELETED): purging.purge_deleted,
    ("PUT", _POLICIES): policies.put_policy,
    ("GET", _POLICIES): policies.get_policy,
    ("DELETE", _POLICIES): policies.delete_policy,
    ("PUT", _DEPLOYMENTS): deployments.put_deployment,
    ("PATCH", _DEPLOYMENTS): deployments.patch_deployment,
    ("GET", _DEPLOYMENTS): deployments.get_deployment,
    ("DELETE", _DEPLOYMENTS): deployments.delete_deployment,
}
COLLECTIONS: dict[tuple[str, str], ArmHandler] = {
    ("GET", _ACCOUNTS): accounts.list_accounts,
    ("POST", f"{_ACCOUNTS}/listkeys"): accounts.list_keys,
    ("POST", f"{_ACCOUNTS}/regeneratekey"): accounts.regenerate_key,
    ("POST", "microsoft.cognitiveservices/checkdomainavailability"): names.post_domain_availability,
    ("GET", "microsoft.cognitiveservices/deletedaccounts"): purging.list_deleted,
    ("GET", f"{_ACCOUNTS}/models"): lists.list_account_models,
    ("GET", _DEPLOYMENTS): deployments.list_deployments,
    ("GET", f"{_DEPLOYMENTS}/skus"): lists.list_deployment_skus,
    ("POST", f"{_DEPLOYMENTS}/pause"): pauses.pause,
    ("POST", f"{_DEPLOYMENTS}/resume"): pauses.resume,
    ("GET", f"{_ACCOUNTS}/skus"): skus.list_account_skus,
    ("GET", "microsoft.cognitiveservices/skus"): skus.list_skus,
    ("GET", f"{_ACCOUNTS}/usages"): lists.list_account_usages,
    ("GET", _POLICIES): policies.list_policies,
    ("GET", "microsoft.cognitiveservices/modelcapacities"): capacity.list_capacities,
    ("GET", f"{_LOCATIONS}/modelcapacities"): capacity.list_capacities,
    ("POST", "microsoft.cognitiveservices/calculatemodelcapacity"): capacity.calculate,
    ("GET", f"{_LOCATIONS}/models"): lists.list_location_models,
    ("GET", f"{_LOCATIONS}/usages"): lists.list_location_usages,
}
