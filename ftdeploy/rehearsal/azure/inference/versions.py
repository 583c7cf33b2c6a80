"""The api-versions of the dated addresses, and what needs a later one."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.inference import errors

_RESPONSES_SINCE = "2025-03-01-preview"
"""Aider-AI/aider #4029."""
_SCHEMAS_SINCE = "2024-08-01-preview"
"""Azure/azure-sdk-for-net #46579."""
_RULE = "features-need-an-api-version"


def check_api_version(call: Call) -> None:
    """Let a call at a dated address pass.

    Raises:
        AzureError: 404; there is no api-version, or none that the service has had.
    """
    version = call.query.get("api-version", "")
    known = call.world.settings.get_words("modelsApiVersions")
    if not version or (version not in known and call.leans_on("models-api-versions-are-known")):
        raise errors.unknown_api_version()


def check_responses_version(call: Call) -> None:
    """Let a call of the Responses API pass; v1 needs no api-version.

    Raises:
        AzureError: 400; the api-version is older.
    """
    if _is_older(call, _RESPONSES_SINCE) and call.leans_on(_RULE):
        words = f"Azure OpenAI Responses API is enabled only for api-version {_RESPONSES_SINCE} and later"
        raise AzureError(400, "BadRequest", words)


def check_form_version(call: Call, form: Json) -> None:
    """Let the `response_format` of a chat pass.

    Raises:
        AzureError: 400; it is a schema, and the api-version is older.
    """
    if form.get("type") == "json_schema" and _is_older(call, _SCHEMAS_SINCE) and call.leans_on(_RULE):
        words = f"response_format value as json_schema is enabled only for api versions {_SCHEMAS_SINCE} and later"
        raise AzureError(400, "BadRequest", words)


def _is_older(call: Call, since: str) -> bool:
    """Versions are dates, so they compare as texts."""
    is_dated = "/openai/v1/" not in call.path
    return is_dated and call.query.get("api-version", "") < since
