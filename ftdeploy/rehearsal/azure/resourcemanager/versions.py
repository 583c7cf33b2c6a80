"""Which api-versions a provider takes."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resourcemanager import errors

_SETTINGS = {
    "microsoft.cognitiveservices": "cognitiveServicesApiVersions",
    "microsoft.authorization": "authorizationApiVersions",
    "microsoft.insights": "insightsApiVersions",
    "microsoft.resources": "resourcesApiVersions",
}


def list_versions(call: Call, namespace: str) -> tuple[str, ...]:
    """Those of a provider; empty for providers that the emulator keeps without knowing them."""
    name = _SETTINGS.get(namespace.lower())
    return call.world.settings.get_words(name) if name else ()


def check_version(call: Call, path: ArmPath) -> None:
    """Let a request's api-version pass.

    Raises:
        AzureError: 400; there is none, or not this one.
    """
    version = call.query.get("api-version", "")
    if not version:
        if call.leans_on("api-version-required"):
            raise errors.missing_api_version()
        return
    namespace = path.type.partition("/")[0]
    known = list_versions(call, namespace)
    if not known or version in known or not call.leans_on("api-versions-are-known"):
        return
    if namespace.lower() == "microsoft.resources":
        raise errors.invalid_api_version(version, known)
    raise errors.no_provider_for_version(version, path, known)
