"""Which api-versions a provider takes."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.resourcemanager import errors

_RESOURCES = "microsoft.resources"
_SETTINGS = {
    "microsoft.cognitiveservices": "cognitiveServicesApiVersions",
    "microsoft.authorization": "authorizationApiVersions",
    "microsoft.insights": "insightsApiVersions",
    _RESOURCES: "resourcesApiVersions",
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
    namespace = _RESOURCES if is_about_provider(path) else path.type.partition("/")[0]
    known = list_versions(call, namespace)
    if not known or version in known or not call.leans_on("api-versions-are-known"):
        return
    if namespace.lower() == _RESOURCES:
        raise errors.invalid_api_version(version, known)
    location = _find_location(call, path)
    if not location:
        raise errors.type_unknown_to_version(version, path, known)
    raise errors.no_provider_for_version(version, path, known, location)


def is_about_provider(path: ArmPath) -> bool:
    """Whether a path is about a provider itself, which is Resource Manager's to answer: its entry, registering it."""
    return not path.short_type or path.short_type.lower() == "register"


def _find_location(call: Call, path: ArmPath) -> str:
    """The region of the nearest thing around a resource that lies in one; empty for what lies in none."""
    if path.is_extension or not path.group:
        return ""
    around = path
    while around.group:
        found = call.world.resources.find(around.id)
        if found is not None and found.location:
            return found.location
        around = parse_arm_path(around.parent)
    return ""
