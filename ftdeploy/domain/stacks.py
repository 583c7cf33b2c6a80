"""What a stack file wants, as records that are valid when they exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ftdeploy.domain.abilities import Ability
from ftdeploy.domain.models import FineTunedModel
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.skus import Sku
from ftdeploy.errors import Place


class Change(StrEnum):
    """How a deployment gets another model."""

    IN_PLACE = "inPlace"
    BESIDE = "beside"


class WhenIdle(StrEnum):
    """What is to happen to a deployment that nobody calls; Azure deletes it after 15 days."""

    KEEP = "keep"
    """Somebody sees to it that it is called, or puts it back."""
    VANISH = "vanish"
    """It may go."""


class PrincipalType(StrEnum):
    """What kind of principal a role is given to; never left for Azure to guess."""

    USER = "User"
    GROUP = "Group"
    SERVICE_PRINCIPAL = "ServicePrincipal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a deployment is sized for."""

    rpm: int
    prompt_tokens: int
    """Mean a request."""
    completion_tokens: int
    """Mean a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A wanted deployment of a fine-tuned model; `key` is its name in Azure."""

    key: str
    model: FineTunedModel
    model_id: str
    """`support-bot@7c1f9a2b41d0`, or empty when the stack file names the fine-tuned model itself."""
    sku: Sku
    api_sku: str
    """The SKU literal sent to Azure: the canonical name, or the old literal where the stack asks for it."""
    capacity: int
    """PTU where `sku.is_provisioned`, otherwise thousands of tokens a minute."""
    load: Load | None
    needs: frozenset[Ability] = frozenset()
    """What its callers rely on."""
    when_idle: WhenIdle | None = None
    """None where nobody says."""
    spillover: str = ""
    """Key of the deployment of its account that takes what it has no room for; empty where none does."""
    content_filter: str
    change: Change
    protect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A role given to a principal on an account."""

    principal: str
    """Object id."""
    principal_type: PrincipalType
    role: str
    """The built-in role's name, such as `Cognitive Services OpenAI User`."""
    role_id: str
    """The role definition's GUID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerManagedKey:
    """A key of one's own in Azure Key Vault, and the identity that may use it."""

    vault: str
    """Address of the vault, such as `https://contoso.vault.azure.net/`."""
    key: str
    version: str
    identity: str
    """Resource id of a user-assigned managed identity, which the account gets."""
    identity_client_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account that the stack creates, in a resource group that it creates too."""

    name: str
    resource_group: str
    region: str
    kind: str
    """`OpenAI` or `AIServices`."""
    public_network_access: str
    """`Enabled` or `Disabled`: whether the account answers from the internet."""
    customer_managed_key: CustomerManagedKey | None = None
    """None where it is encrypted with Microsoft's key."""
    diagnostics: str = ""
    """Resource id of the Log Analytics workspace that its logs go to; empty where they go nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A wanted Azure OpenAI account: created by this stack, or existing."""

    key: str
    id: AccountId
    region: str = ""
    """Empty where the account exists already and its file does not say."""
    new: NewAccount | None
    """None where the account exists already."""
    access: tuple[Access, ...]
    deployments: tuple[Deployment, ...]
    """In file order."""
    protect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """That something guarded may be taken away, for a while."""

    where: Place
    resource: str
    """`<account>/<deployment>`, `<account>` or `<resource group>`, by Azure's names."""
    reason: str
    expires: date
    """Last day on which it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One environment: a stage in a geography, tenant and subscription."""

    name: str
    stage: str
    wave: int
    geography: str
    tenant: str
    subscription: str
    owner: str
    tags: Mapping[str, str] = field(default_factory=dict)
    """Of everything that the stack makes, beside its own."""
    accounts: tuple[Account, ...]
    removals: tuple[Removal, ...] = ()
    """What an update may take away although it is guarded."""
