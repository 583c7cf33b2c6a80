"""Which api-versions a type takes: its provider's or its own, from the one that brought it on.

A version is taken before its day too: a clock in the past is met by clients of today.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.resourcemanager import errors

_RESOURCES = "microsoft.resources"
_SETTINGS = {
    "microsoft.cognitiveservices": "cognitiveServicesApiVersions",
    "microsoft.authorization": "authorizationApiVersions",
    "microsoft.authorization/roleassignments": "roleAssignmentsApiVersions",
    "microsoft.authorization/roledefinitions": "roleDefinitionsApiVersions",
    "microsoft.insights": "insightsApiVersions",
    "microsoft.insights/metrics": "metricsApiVersions",
    "microsoft.insights/metricalerts": "metricAlertsApiVersions",
    _RESOURCES: "resourcesApiVersions",
}
# As pulumi-azure-native 3.29.0 has these types: the aliases of each resource name all its versions.
_FIRST = {
    "microsoft.cognitiveservices/accounts/deployments": "2021-10-01",
    "microsoft.cognitiveservices/accounts/projects": "2025-04-01-preview",
    "microsoft.cognitiveservices/accounts/raiblocklists": "2023-10-01-preview",
    "microsoft.cognitiveservices/accounts/raipolicies": "2023-10-01-preview",
    "microsoft.cognitiveservices/commitmentplans": "2021-10-01",
}


def list_versions(call: Call, kind: str) -> tuple[str, ...]:
    """Those that a type takes; empty for types of providers that the emulator keeps without knowing them."""
    key = kind.lower()
    name = _SETTINGS.get(key) or _SETTINGS.get(key.partition("/")[0])
    if name is None:
        return ()
    first = next((since for brought, since in _FIRST.items() if f"{key}/".startswith(f"{brought}/")), "")
    return tuple(each for each in call.world.settings.get_words(name) if each >= first)


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
    kind = _RESOURCES if is_about_provider(path) else path.type
    known = list_versions(call, kind)
    if not known or version in known or not call.leans_on("api-versions-are-known"):
        return
    if kind.partition("/")[0].lower() == _RESOURCES:
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
