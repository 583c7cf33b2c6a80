"""What exists in a subscription or around a stack: enough of it to rehearse on, and nothing secret."""

from __future__ import annotations

from dataclasses import dataclass, field

from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.resource_ids import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateAccount:
    """An account that exists."""

    id: AccountId
    region: str
    """Empty where nobody said."""
    kind: str = "OpenAI"
    subdomain: str = ""
    """Empty for none of its own."""
    has_keys: bool = False
    """Whether it takes keys beside tokens."""
    public_network_access: str = "Enabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateDeployment:
    """A deployment that exists."""

    account: AccountId
    name: str
    sku: str
    capacity: int
    """PTU, or thousands of tokens a minute."""
    model_name: str
    model_version: str
    source: str = ""
    """The account that holds the model, when it is another."""
    age_days: float = 0.0
    tags: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateModel:
    """A fine-tuned model in an account."""

    account: AccountId
    name: str
    base: BaseModel


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateQuota:
    """What a subscription may use in a region."""

    subscription: str
    region: str
    name: str
    """`OpenAI.Standard.gpt-4o-mini-finetune`."""
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """Everything that was found."""

    tenants: dict[str, str] = field(default_factory=dict)
    """Subscription to tenant."""
    accounts: tuple[EstateAccount, ...] = ()
    deployments: tuple[EstateDeployment, ...] = ()
    models: tuple[EstateModel, ...] = ()
    quotas: tuple[EstateQuota, ...] = ()
