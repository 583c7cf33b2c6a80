"""Microsoft.CognitiveServices' refusals, in Azure's words."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.cognitiveservices.models import Wish
from ftdeploy.rehearsal.azure.cognitiveservices.witness import Offer
from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.tokens import Caller

WRITE_ACTION = "Microsoft.CognitiveServices/accounts/deployments/write"
SOURCE_ACTION = "Microsoft.CognitiveServices/accounts/read"


def request_conflict(account_id: str) -> AzureError:
    """A write on the account, or on something in it, is under way."""
    return AzureError(
        409,
        "RequestConflict",
        f"Another operation is being performed on the parent resource '{account_id}'. Please try again later.",
    )


def model_not_supported(wish: Wish) -> AzureError:
    """The service has no such model, or the account does not hold it."""
    return AzureError(
        400,
        "DeploymentModelNotSupported",
        f"The model 'Publisher: , Format: {wish.model_format}, Name: {wish.model_name}, Version: {wish.model_version}, "
        f"Source: {wish.source}, SourceAccount: {wish.source_account}' of account deployment is not supported.",
    )


def sku_not_supported(wish: Wish) -> AzureError:
    """The SKU is not sold for this model, or not in this region."""
    return AzureError(
        400,
        "InvalidResourceProperties",
        f"The specified SKU '{wish.sku}' of account deployment is not supported by the model "
        f"'{wish.model_name}' version: "
        f"'{wish.model_version}'.",
    )


def invalid_capacity(capacity: int, offer: Offer) -> AzureError:
    """The code is Azure's; its words for a step are not known, so these are ours."""
    if not offer.is_provisioned:
        text = f"should be greater than 0 and no more than {offer.maximum}."
    else:
        text = f"should be at least {offer.minimum} and no more than {offer.maximum}, in steps of {offer.step}."
    return AzureError(400, "InvalidCapacity", f"The specified capacity '{capacity}' of account deployment {text}")


def insufficient_quota(usage_name: str, *, wanted: int, used: int, limit: int) -> AzureError:
    """The subscription's quota in this region does not hold the deployment."""
    return AzureError(
        400,
        "InsufficientQuota",
        f"This operation require {wanted} new capacity in quota {usage_name}, which is bigger than the current "
        "available "
        f"capacity {max(limit - used, 0)}. The current quota usage is {used} and the quota limit is {limit} for quota "
        f"{usage_name}.",
    )


def source_not_readable(caller: Caller, source: str) -> AzureError:
    """The caller may write the deployment but not read the account that holds the model."""
    return AzureError(
        403,
        "LinkedAuthorizationFailed",
        f"The client '{caller.client_id}' with object id '{caller.object_id}' has permission to perform action "
        f"'{WRITE_ACTION}'; however, it does not have permission to perform action(s) '{SOURCE_ACTION}' on the linked "
        f"scope(s) '{source}' (respectively) or the linked scope(s) are invalid.",
    )


def source_in_other_tenant(scope: str, *, tenant: str, subscription: str) -> AzureError:
    """No token came for the tenant that the source account is in."""
    return AzureError(
        403,
        "LinkedAuthorizationFailed",
        f"The client has permission to perform action '{WRITE_ACTION}' on scope '{scope}', however the current tenant "
        f"'{tenant}' is not authorized to access linked subscription '{subscription}'.",
    )


def only_tags_and_sku(found: str) -> AzureError:
    """PATCH of a deployment takes nothing else."""
    return AzureError(
        400,
        "InvalidRequestContent",
        f"The request content was invalid: '{found}' cannot be changed by PATCH, only tags and sku.",
    )


def domain_in_use(name: str) -> AzureError:
    """A custom subdomain is one account's in the whole cloud."""
    return AzureError(
        409,
        "CustomDomainInUse",
        f"Please pick a different name. The subdomain name '{name}' is not available as it's already used by a "
        "resource. If the resource using the name was deleted in the last 48 hours, you may need to purge the deleted "
        'resource. Learn more at "https://go.microsoft.com/fwlink/?linkid=2215493"',
    )


def account_elsewhere(name: str, *, location: str, group: str, wanted: str) -> AzureError:
    """An account cannot move."""
    return AzureError(
        409,
        "InvalidResourceLocation",
        f"The resource '{name}' already exists in location '{location}' in resource group '{group}'. A "
        "resource with the "
        f"same name cannot be created in location '{wanted}'. Please select a new resource name.",
    )


def keys_disabled() -> AzureError:
    """An account without local authentication has no keys to list."""
    return AzureError(400, "BadRequest", "Failed to list key. disableLocalAuth is set to be true")
