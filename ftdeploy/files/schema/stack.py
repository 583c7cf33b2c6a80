"""Shape of `stacks/<stack>.yaml`: what is wanted in one environment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from ftdeploy.files.schema.fields import (
    IDENTITY_EXAMPLE,
    IDENTITY_ID,
    VAULT,
    WORKSPACE_EXAMPLE,
    WORKSPACE_ID,
    AccountIdText,
    AccountName,
    Count,
    DeploymentName,
    GroupName,
    Guid,
    Label,
    Schema,
    TagName,
)
from ftdeploy.files.schema.models import BaseEntry

NAMED = "(named)"
INLINE = "(inline)"

SkuName = Literal[
    "Standard", "GlobalStandard", "DataZoneStandard", "DeveloperTier", "ProvisionedStandard", "ProvisionedManaged"
]


class LoadEntry(Schema):
    """The load that a deployment is sized for."""

    rpm: Annotated[Count, Field(examples=[300])]
    """Requests a minute at the peak."""
    prompt_tokens: Annotated[Count, Field(examples=[800])]
    """Mean tokens of a prompt."""
    completion_tokens: Annotated[Count, Field(examples=[200])]
    """Mean tokens of a completion."""


class InlineModel(Schema):
    """A fine-tuned model named directly, without a folder in `models/`; `promote` does not touch it."""

    name: Annotated[str, Field(examples=["gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"])]
    """Name of the fine-tuned model or checkpoint."""
    account: AccountIdText
    """The account that holds it."""
    tenant: Guid | None = None
    """Tenant of that account, when it is not the stack's."""
    region: str | None = None
    """Region of that account; needed where a stage says how far data may go."""
    base: BaseEntry | None = None
    """What was fine-tuned; needed where the name does not tell, as in `ftchkpt-…`."""


def _tell_form(value: object) -> str:
    return INLINE if isinstance(value, dict) else NAMED


ModelEntry = Annotated[
    Annotated[str, Tag(NAMED), Field(examples=["support-bot@7c1f9a2b41d0"])] | Annotated[InlineModel, Tag(INLINE)],
    Discriminator(_tell_form),
]


class DeploymentEntry(Schema):
    """A deployment of a fine-tuned model; its key is its name in Azure."""

    model: Annotated[ModelEntry, Field(examples=["support-bot@7c1f9a2b41d0"])]
    """`<name>@<id>` of a model in `models/`, written by `ftdeploy promote`; or a fine-tuned model directly."""
    sku: SkuName
    """How it runs and is paid. `ProvisionedStandard` and `ProvisionedManaged` are one thing."""
    ptu: Count | None = None
    """Capacity in provisioned throughput units, on a provisioned SKU."""
    k_tpm: Count | None = None
    """Capacity in thousands of tokens a minute, on every other SKU."""
    api_sku: Literal["ProvisionedStandard"] | None = None
    """Sends the SKU's name of early 2025 to Azure instead of `ProvisionedManaged`."""
    load: LoadEntry | None = None
    """What it is sized for."""
    needs: list[Literal["structuredOutput", "vision", "tools"]] = Field(default_factory=list)
    """What its callers rely on, which not every model and SKU can do."""
    when_idle: Literal["keep", "vanish"] | None = None
    """What is to happen when nobody calls it for 15 days and Azure deletes it: it is kept alive, or may vanish."""
    spillover: DeploymentName | None = None
    """Deployment of the same account that takes what this provisioned one has no room for."""
    content_filter: str | None = None
    """Name of the content filter; `Microsoft.DefaultV2` when nothing names one, as Azure itself has it."""
    change: Literal["inPlace", "beside"] | None = None
    """How it gets another model: in place, which is the default because it needs no second capacity, or beside."""
    protect: bool | None = None
    """Whether Pulumi refuses to remove it."""


class AccessEntry(Schema):
    """A role given on the account."""

    principal: Guid
    """Object id of the user, group or service principal."""
    principal_type: Literal["User", "Group", "ServicePrincipal"]
    """What the principal is. A managed identity is a service principal."""
    role: Annotated[str, Field(examples=["Cognitive Services OpenAI User"])]
    """Name of a built-in role."""


class CustomerManagedKeyEntry(Schema):
    """A key in Azure Key Vault; the vault and the identity's right to use it exist already."""

    vault: Annotated[str, Field(pattern=VAULT, examples=["https://contoso.vault.azure.net/"])]
    """Address of the vault."""
    key: Annotated[str, Field(examples=["openai"])]
    """Name of the key."""
    version: Annotated[str, Field(examples=["4c1f0d2e9a7b4f6d8e0a1b2c3d4e5f60"])]
    """Version of the key."""
    identity: Annotated[str, Field(pattern=IDENTITY_ID, examples=[IDENTITY_EXAMPLE])]
    """Id of the user-assigned managed identity that may use it."""
    identity_client_id: Guid
    """That identity's client id."""


class AccountEntry(Schema):
    """An Azure OpenAI account: an existing one, or one that this stack creates."""

    existing: AccountIdText | None = None
    """Id of an account that exists already; this stack adds to it and never removes it."""
    name: AccountName | None = None
    """Name of an account to create, which is also its subdomain."""
    resource_group: GroupName | None = None
    """Resource group to create for it."""
    region: Annotated[str, Field(examples=["swedencentral"])] | None = None
    """Region of the account: needed to create one; beside `existing` it lets regions be checked."""
    kind: Literal["OpenAI", "AIServices"] | None = None
    """Kind of an account to create."""
    public_network_access: Literal["Enabled", "Disabled"] | None = None
    """Whether an account to create answers from the internet, to Entra tokens only; `Disabled` answers nobody yet."""
    customer_managed_key: CustomerManagedKeyEntry | None = None
    """A key of your own for an account to create; without it Microsoft's."""
    diagnostics: Annotated[str, Field(pattern=WORKSPACE_ID, examples=[WORKSPACE_EXAMPLE])] | None = None
    """Id of the Log Analytics workspace that the logs of an account to create go to."""
    access: list[AccessEntry] = Field(default_factory=list)
    """Who may use it."""
    deployments: dict[DeploymentName, DeploymentEntry] = Field(default_factory=dict)
    """What runs in it."""
    protect: bool | None = None
    """Whether Pulumi refuses to remove it."""


class RemovalEntry(Schema):
    """That an update may take away something guarded; `ftdeploy guard` refuses it otherwise."""

    resource: Annotated[str, Field(examples=["contoso-support-prod-swc/support-bot"])]
    """`<account>/<deployment>`, `<account>` or `<resource group>`, by their names in Azure."""
    reason: Annotated[str, Field(min_length=1, examples=["replaced by helper-bot"])]
    """Why."""
    expires: Annotated[str, Field(examples=['"2026-12-31"'])]
    """Last day on which it holds: a date, in quotes."""


class StackFile(Schema):
    """One environment: a stage in a geography, tenant and subscription. The file's name is the stack's name."""

    stage: Annotated[str, Field(examples=["dev"])]
    """Stage of `fleet.yaml` that this stack belongs to."""
    wave: Count = 1
    """Order among the stacks of one stage; 1 where nothing is said, because most stages have one wave."""
    geography: Annotated[Label, Field(examples=["eu"])]
    """Where data may be; chooses the origin of each model."""
    tenant: Guid
    """Entra tenant of the subscription."""
    subscription: Guid
    """Subscription that everything is made in."""
    owner: Annotated[str, Field(min_length=1, examples=["support-platform@contoso.example"])] | None = None
    """Whom to ask; needed here or in the fleet's defaults."""
    tags: dict[TagName, str] = Field(default_factory=dict)
    """Tags of everything that the stack makes."""
    accounts: dict[Label, AccountEntry]
    """The accounts, each under a name that is used only in this file."""
    removals: list[RemovalEntry] = Field(default_factory=list)
    """What an update may take away although it is protected, provisioned, in production, or holds models."""
