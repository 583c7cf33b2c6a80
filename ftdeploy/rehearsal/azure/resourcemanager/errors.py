"""Resource Manager's own refusals, in Azure's words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.tokens import BadToken, Caller

# As the refusal lists them; each is taken with and without its slash.
_AUDIENCES = (
    "'https://management.core.windows.net/','https://management.core.windows.net',"
    "'https://management.azure.com/','https://management.azure.com'"
)
_NOON_HOUR = 12


def authentication_failed(authority: str = "") -> AzureError:
    """No token; `authority` is where to get one, as far as that is said."""
    message = "Authentication failed. The 'Authorization' header is missing."
    return _unauthenticated("AuthenticationFailed", message, authority)


def bad_token(error: BadToken, now: datetime, authority: str = "") -> AzureError:
    """A token that is not ours, past its time, or meant for something else."""
    if error.kind == "expired":
        expiry = datetime.fromtimestamp(float(error.found), UTC)
        code = "ExpiredAuthenticationToken"
        message = (
            f"The access token expiry UTC time '{_render_american(expiry)}' is earlier than current UTC time "
            f"'{_render_american(now)}'."
        )
    elif error.kind == "audience":
        code = "InvalidAuthenticationTokenAudience"
        message = (
            f"The access token has been obtained for wrong audience or resource '{error.found}'. It should exactly "
            f"match with one of the allowed audiences {_AUDIENCES}."
        )
    else:
        code, message = "InvalidAuthenticationToken", "The access token is invalid."
    return _unauthenticated(code, message, authority)


def wrong_tenant(found: str, wanted: str, authority: str = "") -> AzureError:
    """A good token of another tenant than the subscription's."""
    return _unauthenticated(
        "InvalidAuthenticationTokenTenant",
        f"The access token is from the wrong issuer 'https://sts.windows.net/{found}/'. It must match the tenant "
        f"'https://sts.windows.net/{wanted}/' associated with this subscription. Please use the authority (URL) "
        f"'https://login.windows.net/{wanted}' to get the token. Note, if the subscription is transferred to "
        "another tenant there is no impact to the services, but information about new tenant could take time to "
        "propagate (up to an hour). If you just transferred your subscription and see this error message, please try "
        "back later.",
        authority,
    )


def _unauthenticated(code: str, message: str, authority: str) -> AzureError:
    place = f'authorization_uri="{authority}", ' if authority else ""
    challenge = f'Bearer {place}error="invalid_token", error_description="{message}"'
    return AzureError(401, code, message, headers={"WWW-Authenticate": challenge})


def authorization_failed(caller: Caller, action: str, scope: str) -> AzureError:
    """No role gives the action at this scope."""
    return AzureError(
        403,
        "AuthorizationFailed",
        f"The client '{caller.client_id}' with object id '{caller.object_id}' does not have authorization to "
        "perform action "
        f"'{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your "
        "credentials.",
    )


def method_not_allowed(method: str) -> AzureError:
    """Resources of most providers take no HEAD; where there is none, the answer is 404."""
    message = f"The requested resource does not support http method '{method}'."
    return AzureError(405, "MethodNotAllowed", message)


def missing_api_version() -> AzureError:
    """Every request names an api-version."""
    return AzureError(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.",
    )


def invalid_api_version(version: str, known: Iterable[str]) -> AzureError:
    """Resource Manager itself does not know this version."""
    return AzureError(
        400,
        "InvalidApiVersionParameter",
        f"The api-version '{version}' is invalid. The supported versions are '{','.join(known)}'.",
    )


def type_unknown_to_version(version: str, path: ArmPath, known: Iterable[str]) -> AzureError:
    """The provider has no such type in this version; said of types that lie in no region."""
    return AzureError(
        404,
        "InvalidResourceType",
        f"The resource type '{path.short_type}' could not be found in the namespace '{path.type.partition('/')[0]}' "
        f"for api version '{version}'. The supported api-versions are '{','.join(known)}'.",
    )


def no_provider_for_version(version: str, path: ArmPath, known: Iterable[str], location: str) -> AzureError:
    """The provider does not know this version."""
    return AzureError(
        400,
        "NoRegisteredProviderFound",
        f"No registered resource provider found for location '{location}' and API version '{version}' for type "
        f"'{path.short_type}'. The supported api-versions are '{', '.join(known)}'. The supported locations are "
        f"'{location}'.",
    )


def provider_not_found(name: str) -> AzureError:
    """There is no such provider here."""
    return AzureError(404, "InvalidResourceNamespace", f"The resource namespace '{name}' is invalid.")


def throttled(subscription: str, kind: str, seconds: int) -> AzureError:
    """Too many calls of a kind in a short time."""
    return AzureError(
        429,
        "SubscriptionRequestsThrottled",
        f"Number of requests for subscription '{subscription}' and operation '{kind}' exceeded the backend storage "
        f"limit. Please try again after '{seconds}' seconds.",
        headers={"Retry-After": str(seconds)},
    )


def subscription_not_found(subscription: str) -> AzureError:
    """The scenario has no such subscription."""
    return AzureError(404, "SubscriptionNotFound", f"The subscription '{subscription}' could not be found.")


def group_not_found(name: str) -> AzureError:
    """The resource group is missing."""
    return AzureError(404, "ResourceGroupNotFound", f"Resource group '{name}' could not be found.")


def parent_not_found(path: ArmPath, missing: ArmPath, verb: str) -> AzureError:
    """The resource that this one would be in is missing."""
    return AzureError(
        404,
        "ParentResourceNotFound",
        f"Failed to perform '{verb}' on resource(s) of type '{path.short_type}', because the parent resource "
        f"'{missing.id}' "
        "could not be found.",
    )


def resource_not_found(path: ArmPath) -> AzureError:
    """The resource itself is missing."""
    return AzureError(
        404,
        "ResourceNotFound",
        f"The Resource '{path.qualified_name}' under resource group '{path.group or '<null>'}' was not found. For more "
        "details please go to https://aka.ms/ARMResourceNotFoundFix",
    )


def location_required() -> AzureError:
    """What lies in a region must say which."""
    return AzureError(400, "LocationRequired", "The location property is required for this definition.")


def group_location_unknown(location: str, known: Iterable[str]) -> AzureError:
    """Groups lie in regions that there are."""
    return AzureError(
        400,
        "LocationNotAvailableForResourceGroup",
        f"The provided location '{location}' is not available for resource group. List of available regions is "
        f"'{','.join(known)}'.",
    )


def location_unknown(resource_type: str, location: str, known: Iterable[str]) -> AzureError:
    """Resources lie in regions that there are."""
    return AzureError(
        400,
        "LocationNotAvailableForResourceType",
        f"The provided location '{location}' is not available for resource type '{resource_type}'. List of available "
        f"regions for the resource type is '{','.join(known)}'.",
    )


def group_elsewhere(name: str, location: str) -> AzureError:
    """A resource group cannot move."""
    return AzureError(
        409,
        "InvalidResourceGroupLocation",
        "The provided location is not available for resource group: The Resource group "
        f"'{name}' already exists in location '{location}'.",
    )


def group_being_deleted(name: str) -> AzureError:
    """Nothing is written into a group on its way out."""
    return AzureError(
        409,
        "ResourceGroupBeingDeleted",
        f"The resource group '{name}' is in deprovisioning state and cannot perform this operation.",
    )


def _render_american(moment: datetime) -> str:
    """`1/18/2023 5:10:42 PM`."""
    half = "PM" if moment.hour >= _NOON_HOUR else "AM"
    return f"{moment.month}/{moment.day}/{moment.year} {moment.hour % _NOON_HOUR or _NOON_HOUR}:{moment:%M:%S} {half}"
