"""Kinds of values that several files share, and what each has to look like."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Schema(BaseModel):
    """A mapping with known keys only, in camelCase, whose values are taken as they stand."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        strict=True,
    )


# Azure's rules for names, with ours where it has none: azure-mgmt-cognitiveservices 14.1.0; a deployment's name has no
# rule in the specification, so ours is what every account accepts (2 to 64 letters, digits, `_`, `.`, `-`).
GUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
ACCOUNT_ID = (
    r"^/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[^/\s]+"
    r"/providers/Microsoft\.CognitiveServices/accounts/[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$"
)
ACCOUNT_NAME = r"^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$"
DEPLOYMENT_NAME = r"^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}[a-zA-Z0-9]$"
GROUP_NAME = r"^[a-zA-Z0-9_().-]{0,89}[a-zA-Z0-9_()-]$"
LABEL = r"^[a-z][a-z0-9-]{0,31}$"
TAG_NAME = r"^[^<>%&\\?/]{1,512}$"
VAULT = r"^https://[a-z0-9-]{3,24}\.[a-z0-9.-]+/?$"
_BELOW_GROUP = r"^/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[^/\s]+/providers/"
IDENTITY_ID = _BELOW_GROUP + r"Microsoft\.ManagedIdentity/userAssignedIdentities/[^/\s]+$"
WORKSPACE_ID = _BELOW_GROUP + r"Microsoft\.OperationalInsights/workspaces/[^/\s]+$"
_GROUP_EXAMPLE = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/rg-ai/providers/"
IDENTITY_EXAMPLE = _GROUP_EXAMPLE + "Microsoft.ManagedIdentity/userAssignedIdentities/openai-key"
WORKSPACE_EXAMPLE = _GROUP_EXAMPLE + "Microsoft.OperationalInsights/workspaces/logs"
SHA256 = r"^[0-9a-f]{64}$"
DIGEST = r"^[0-9a-f]{12}$"

PATTERN_WORDS = {
    GUID: "a GUID, such as `10000000-0000-4000-8000-000000000001`",
    ACCOUNT_ID: (
        "an account's id: `/subscriptions/<guid>/resourceGroups/<group>"
        "/providers/Microsoft.CognitiveServices/accounts/<name>`"
    ),
    ACCOUNT_NAME: "an account name: 2 to 64 letters, digits, `_`, `.` or `-`, beginning with a letter or digit",
    DEPLOYMENT_NAME: (
        "a deployment name: 2 to 64 letters, digits, `_`, `.` or `-`, with a letter or digit at both ends"
    ),
    GROUP_NAME: "a resource group name: 1 to 90 letters, digits, `_`, `(`, `)`, `.` or `-`, not ending in `.`",
    LABEL: "a short name: at most 32 lower-case letters, digits or `-`, beginning with a letter",
    TAG_NAME: "a tag name: no `<`, `>`, `%`, `&`, `\\`, `?` or `/`",
    VAULT: "a vault's address, such as `https://contoso.vault.azure.net/`",
    IDENTITY_ID: f"a managed identity's id, such as `{IDENTITY_EXAMPLE}`",
    WORKSPACE_ID: f"a Log Analytics workspace's id, such as `{WORKSPACE_EXAMPLE}`",
    SHA256: "a SHA-256 digest: 64 lower-case hex digits",
    DIGEST: "the first 12 lower-case hex digits of a SHA-256 digest",
}
"""What a value has to be, for messages."""

Guid = Annotated[str, Field(pattern=GUID, examples=["10000000-0000-4000-8000-000000000001"])]
AccountIdText = Annotated[
    str,
    Field(
        pattern=ACCOUNT_ID,
        examples=[
            "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/rg-ai"
            "/providers/Microsoft.CognitiveServices/accounts/contoso-support"
        ],
    ),
]
AccountName = Annotated[str, Field(pattern=ACCOUNT_NAME, examples=["contoso-support-dev"])]
DeploymentName = Annotated[str, Field(pattern=DEPLOYMENT_NAME)]
GroupName = Annotated[str, Field(pattern=GROUP_NAME, examples=["rg-support-dev"])]
Label = Annotated[str, Field(pattern=LABEL)]
TagName = Annotated[str, Field(pattern=TAG_NAME)]
Sha256 = Annotated[str, Field(pattern=SHA256, examples=["0" * 64])]
Digest = Annotated[str, Field(pattern=DIGEST, examples=["7c1f9a2b41d0"])]
Count = Annotated[int, Field(ge=1)]
