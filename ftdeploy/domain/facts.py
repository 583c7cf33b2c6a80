"""What is known of Azure on one date, each figure with its source: the records that the catalogue fills.

A key that is absent means that nothing is known, never that there is none; what is known not to exist has an entry
that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ftdeploy.domain.abilities import Ability
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.skus import Sku


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that a page says, and when somebody compared it."""

    source: str
    """Address of the page."""
    checked: str
    """The day somebody compared it with the page, such as `2026-11-21`."""

    @property
    def citation(self) -> str:
        """Address and date, as a problem's `source` says them."""
        return f"{self.source} (checked {self.checked})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Fact):
    """A region with Azure OpenAI."""

    data_zone: str = ""
    """`us` or `eu`, where the region is in a data zone; otherwise empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PtuSize(Fact):
    """How provisioned throughput of one type is sold for one base model and its fine-tuned versions."""

    minimum_ptu: int
    """Smallest purchase, in PTU. Azure refuses less."""
    step_ptu: int
    """Every legal size is the minimum plus whole steps."""
    input_tpm_per_ptu: int
    """Input tokens a minute that one PTU carries."""
    output_weight: int
    """How many input tokens one output token counts as."""
    are_cached_tokens_free: bool = True
    """Whether input tokens that come from the prompt cache count for nothing."""
    latency_target: str = ""
    """Such as `99 % > 25 tokens a second`; empty where the page names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Fact):
    """That fine-tuned versions of a base model can be deployed on a SKU, and where."""

    regions: frozenset[str] | None
    """None where it is every region with Azure OpenAI."""
    is_preview: bool = False
    """Previews have no service level."""
    lacks: frozenset[Ability] = frozenset()
    """What the base model can do and its fine-tuned versions cannot on this SKU."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle(Fact):
    """When a base model's fine-tuned versions end."""

    training_retires: date | None
    """First day without new training; None where no day is named."""
    deployment_retires: date | None
    """First day on which deployments answer no more; None where no day is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Fact):
    """How a base model can be fine-tuned."""

    methods: tuple[str, ...]
    """`SFT`, `DPO`, `RFT`."""
    regions_by_type: Mapping[str, frozenset[str] | None]
    """By training type (`Standard`, `DataZone`, `Global`, `Developer`); None where it is every region."""
    abilities: frozenset[Ability] = frozenset()
    """What the model can do when nothing about its deployment takes it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Fact):
    """A list price, in US dollars."""

    amount_usd: Decimal
    since: date
    """The day the page's figure is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPrices(Fact):
    """List prices of tokens, in US dollars for a million."""

    input_usd: Decimal
    cached_input_usd: Decimal | None
    output_usd: Decimal
    since: date
    """The day the page's figures are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Fact):
    """What one unit of token capacity lets through in a minute."""

    rpm: int
    tpm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability(Fact):
    """Where a base model runs on a SKU."""

    regions: frozenset[str] | None
    """None where it is every region with Azure OpenAI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Fact):
    """What a subscription may use of a model in a region, where nobody asked for more."""

    tpm: int
    rpm: int


class LimitName(StrEnum):
    """What Azure limits by number."""

    DEPLOYMENTS_PER_ACCOUNT = "deployments-per-account"
    FINE_TUNED_DEPLOYMENTS_PER_ACCOUNT = "fine-tuned-deployments-per-account"
    DEPLOYMENTS_PER_FINE_TUNED_MODEL = "deployments-per-fine-tuned-model"
    """In one account; absent since Azure allows several."""
    PTU_PER_DEPLOYMENT = "ptu-per-deployment"
    ACCOUNTS_PER_REGION = "accounts-per-region"
    """In one subscription."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Fact):
    """The most that Azure allows of something."""

    most: int


class Right(StrEnum):
    """What a role lets its holder do with an account's models."""

    INFER = "infer"
    DEPLOY = "deploy"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Fact):
    """A built-in role."""

    guid: str
    """Of the role definition, the same in every tenant."""
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The catalogue as it stands on one date."""

    as_of: date
    regions: Mapping[str, Region]
    """By Azure's name, such as `swedencentral`."""
    base_models: frozenset[str]
    """Names of the models that can be fine-tuned, such as `gpt-4o-mini`."""
    ptu_sizes: Mapping[tuple[str, Sku], PtuSize]
    """By base model name and provisioned SKU."""
    roles: Mapping[str, Role]
    """By name, such as `Cognitive Services OpenAI User`."""
    offers: Mapping[tuple[str, Sku], Offer] = field(default_factory=dict)
    """By base model name and SKU. A base with any offer is offered on no other SKU."""
    lifecycles: Mapping[BaseModel, Lifecycle] = field(default_factory=dict)
    trainings: Mapping[BaseModel, Training] = field(default_factory=dict)
    hosting_prices: Mapping[tuple[str, Sku], Price] = field(default_factory=dict)
    """For an hour of one deployment, by base model name and SKU; zero where hosting is free."""
    token_prices: Mapping[tuple[str, Sku], TokenPrices] = field(default_factory=dict)
    """By base model name and SKU."""
    ptu_prices: Mapping[Sku, Price] = field(default_factory=dict)
    """For an hour of one PTU."""
    rates: Mapping[str, Rate] = field(default_factory=dict)
    """By base model name."""
    limits: Mapping[LimitName, Limit] = field(default_factory=dict)
    availabilities: Mapping[tuple[BaseModel, Sku], Availability] = field(default_factory=dict)
    quotas: Mapping[tuple[str, Sku, str], Quota] = field(default_factory=dict)
    """By model name, SKU, and kind of agreement (`default`, `enterprise`)."""

    def find_size(self, base: str, sku: Sku = Sku.PROVISIONED) -> PtuSize | None:
        """How provisioned throughput is sold for a base model; None where the catalogue does not say."""
        return self.ptu_sizes.get((base, sku))
