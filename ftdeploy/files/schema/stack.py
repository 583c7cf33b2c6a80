"""Shape of `stacks/<stack>.yaml`: what is wanted in one environment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from ftdeploy.files.schema.fields import (
    AccountIdText,
    AccountName,
    Count,
    DeploymentName,
    GroupName,
    Guid,
    Label,
    Schema,
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


class AccountEntry(Schema):
    """An Azure OpenAI account: an existing one, or one that this stack creates."""

    existing: AccountIdText | None = None
    """Id of an account that exists already; this stack adds to it and never removes it."""
    name: AccountName | None = None
    """Name of an account to create, which is also its subdomain."""
    resource_group: GroupName | None = None
    """Resource group to create for it."""
    region: Annotated[str, Field(examples=["swedencentral"])] | None = None
    """Region of an account to create."""
    kind: Literal["OpenAI", "AIServices"] | None = None
    """Kind of an account to create."""
    public_network_access: Literal["Enabled", "Disabled"] | None = None
    """Whether an account to create answers from the internet, to Entra tokens only; `Disabled` answers nobody yet."""
    access: list[AccessEntry] = Field(default_factory=list)
    """Who may use it."""
    deployments: dict[DeploymentName, DeploymentEntry] = Field(default_factory=dict)
    """What runs in it."""
    protect: bool | None = None
    """Whether Pulumi refuses to remove it."""


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
    accounts: dict[Label, AccountEntry]
    """The accounts, each under a name that is used only in this file."""
