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


def insufficient_quota(label: str, *, new: int, used: int, limit: int) -> AzureError:
    """The subscription's quota in this region does not hold the deployment."""
    return AzureError(
        400,
        "InsufficientQuota",
        f"This operation require {new} new capacity in quota {label}, which is bigger than the current available "
        f"capacity {max(limit - used, 0)}. The current quota usage is {used} and the quota limit is {limit} for quota "
        f"{label}.",
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


def flag_must_be_set(account_id: str) -> AzureError:
    """An account of this id was deleted and is still kept."""
    return AzureError(
        409,
        "FlagMustBeSetForRestore",
        f"An existing resource with ID '{account_id}' has been soft-deleted. To restore the resource, you must specify "
        "'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it "
        "first.",
    )


def nothing_to_restore(account_id: str) -> AzureError:
    """`restore` is for deleted accounts only; the status is inferred, from that of its counterpart."""
    return AzureError(
        409,
        "CanNotRestoreANonExistingResource",
        f"Could not locate a resource to restore. The resource with ID '{account_id}' doesn't exist or it is already "
        "purged.",
    )


def deleted_account_not_found(name: str) -> AzureError:
    """No deleted account of this name; the words are ours."""
    return AzureError(404, "ResourceNotFound", f"The deleted account '{name}' was not found.")


def no_such_key(name: str) -> AzureError:
    """The two keys are Key1 and Key2; the words are ours."""
    return AzureError(400, "InvalidKeyName", f"The key name '{name}' is not valid. Valid names are Key1 and Key2.")


def account_not_ready(account_id: str, state: str) -> AzureError:
    """The account is still being made."""
    return AzureError(
        400,
        "AccountProvisioningStateInvalid",
        f"Call to Microsoft.CognitiveServices/accounts failed. Error message: Account {account_id} in state {state}",
    )


def invalid_account_name(name: str) -> AzureError:
    """Letters, digits, dots, hyphens and underscores, 2 to 64 of them; the words are ours."""
    return AzureError(
        400,
        "InvalidResourceName",
        f"Resource name '{name}' is invalid. It has 2 to 64 characters, begins with a letter or digit, and has "
        "letters, digits, '-', '_' and '.' only.",
    )


def kind_not_offered(kind: str, sku: str, location: str) -> AzureError:
    """Accounts of other kinds exist on Azure and hold no fine-tuned models; the words are ours."""
    return AzureError(
        400,
        "InvalidApiSetId",
        f"The account type '{kind}' with SKU '{sku}' is either invalid or unavailable in '{location}'. The rehearsal "
        "has OpenAI and AIServices with S0.",
    )


def too_many_accounts(limit: int, location: str) -> AzureError:
    """The region is full for this subscription; code and words are assumed."""
    return AzureError(
        400,
        "QuotaExceeded",
        f"The subscription has reached the limit of {limit} accounts of this kind in the region '{location}'.",
    )


def domain_unchangeable(name: str) -> AzureError:
    """A subdomain stays; code and words are assumed."""
    return AzureError(400, "CustomDomainCannotBeChanged", f"The custom subdomain name '{name}' cannot be changed.")


def bad_network_rule(name: str, value: str) -> AzureError:
    """A firewall takes IPv4 addresses and ranges of them; code and words are ours."""
    return AzureError(400, "InvalidNetworkAcls", f"The value '{value}' of networkAcls.{name} is not valid.")


def public_access_disabled() -> AzureError:
    """The endpoint takes calls from private endpoints only."""
    return AzureError(403, "AccessDenied", "Public access is disabled. Please configure private endpoint.")


def firewall_denies() -> AzureError:
    """The firewall does not list the caller's address."""
    return AzureError(403, "403", "Access denied due to Virtual Network/Firewall rules.")
