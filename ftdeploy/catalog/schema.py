"""The shape of catalogue entries: figures with unit, source and the day they were checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel as Schema
from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError


def _read_date(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError('write the date in quotes, such as "2026-11-21"')
    return date.fromisoformat(value)


QuotedDate = Annotated[date, BeforeValidator(_read_date)]
SkuText = Literal[
    "Standard",
    "GlobalStandard",
    "DataZoneStandard",
    "DeveloperTier",
    "ProvisionedManaged",
    "GlobalProvisionedManaged",
    "DataZoneProvisionedManaged",
]
Regions = Literal["everywhere"] | list[str]
Positive = Annotated[int, Field(ge=1)]
Amount = Annotated[str, Field(pattern=r"^[0-9]+([.][0-9]+)?$")]
"""In quotes, because money is exact."""
_Guid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Entry(Schema):
    """What every entry says of itself."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str
    """Unique in its file; the file is sorted by it."""
    holds_from: QuotedDate = Field(alias="from")
    """First day on which the entry is known to hold."""
    until: QuotedDate | None = None
    """First day on which it holds no more, where nothing takes its place."""
    source: Annotated[str, Field(pattern=r"^https://")]
    """The page that says so."""
    checked: QuotedDate
    """The day somebody compared the entry with its source."""


class RegionEntry(Entry):
    """A region; its id is Azure's name for it."""

    data_zone: Literal["eu", "us"] | None = None
    """The data zone that it is in."""


class ModelEntry(Entry):
    """A base model that can be fine-tuned."""

    name: str
    """Azure's name of it."""
    version: str
    """Azure's version of it: a date for most."""
    methods: list[Literal["SFT", "DPO", "RFT"]]
    """Ways to fine-tune it: supervised, by preference, by reinforcement."""
    training: dict[Literal["Standard", "DataZone", "Global", "Developer"], Regions]
    """Training types, with the regions that they are offered in."""
    abilities: list[Literal["structuredOutput", "tools", "vision"]]
    """What its fine-tuned versions can do."""


class RoleEntry(Entry):
    """A built-in role; its id is the role's name."""

    guid: _Guid
    """Of the role definition, the same in every tenant."""
    rights: list[Literal["deploy", "infer", "read"]]
    """What its holders may do with an account's models."""


class PtuStep(Schema):
    """How capacity is sold on one type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    minimum_ptu: Positive
    """Smallest purchase."""
    step_ptu: Positive
    """Every size is the minimum plus whole steps."""


class PtuEntry(Entry):
    """How provisioned throughput is sold for one base model."""

    base: str
    """Name of the base model."""
    regional: PtuStep
    """In one region, which is what fine-tuned versions run on."""
    shared: PtuStep
    """On the types that regions share: global and data zone."""
    input_tpm_per_ptu: Positive
    """Input tokens a minute that one PTU carries."""
    output_weight_input_tokens: Positive
    """How many input tokens one output token counts as."""
    latency_target: str
    """What Azure aims at."""


class OfferEntry(Entry):
    """That fine-tuned versions of base models can be deployed on a SKU."""

    bases: list[str]
    """Names of the base models."""
    sku: SkuText
    """Azure's name of the SKU."""
    regions: Regions
    """Where."""
    preview: bool = False
    """Whether it has no service level."""
    lacks: list[Literal["structuredOutput", "tools", "vision"]] = Field(default_factory=list)
    """What the base models can do, and their fine-tuned versions cannot on this SKU."""


class LifecycleEntry(Entry):
    """When a base model's fine-tuned versions end."""

    name: str
    """Name of the base model."""
    version: str
    """Its version."""
    training_retires: QuotedDate | None = None
    """First day without new training."""
    deployment_retires: QuotedDate | None = None
    """First day on which deployments answer no more."""


class LimitEntry(Entry):
    """The most that Azure allows of something."""

    name: Literal[
        "deployments-per-account",
        "fine-tuned-deployments-per-account",
        "deployments-per-fine-tuned-model",
        "ptu-per-deployment",
        "accounts-per-region",
    ]
    """What is limited."""
    most: Positive
    """The number."""


class AvailabilityEntry(Entry):
    """Where base models run on a SKU."""

    models: list[Annotated[str, Field(pattern=r"^[^ ]+ [^ ]+$")]]
    """Names with versions, such as `gpt-4o 2024-08-06`."""
    sku: SkuText
    """Azure's name of the SKU."""
    regions: Regions
    """Where."""


class QuotaEntry(Entry):
    """What a subscription may use of a model in a region, where nobody asked for more."""

    model: str
    """Name of the base model."""
    sku: SkuText
    """Azure's name of the SKU."""
    tier: Literal["default", "enterprise"]
    """Kind of agreement."""
    tpm: Positive
    """Tokens a minute."""
    rpm: Positive
    """Requests a minute."""


class RateEntry(Entry):
    """What one unit of token capacity lets through in a minute."""

    bases: list[str]
    """Names of the base models."""
    rpm: Positive
    """Requests."""
    tpm: Positive
    """Tokens."""


class PriceEntry(Entry):
    """A list price in US dollars: of hosting for an hour, of a million tokens, or of a PTU for an hour."""

    kind: Literal["hosting", "tokens", "ptu"]
    """What it is the price of."""
    bases: list[str] = Field(default_factory=list)
    """Names of the base models; none for PTU, whose price is that of the type."""
    sku: SkuText
    """Azure's name of the SKU."""
    hour_usd: Amount | None = None
    """For an hour of a deployment or of a PTU."""
    input_usd: Amount | None = None
    """For a million input tokens."""
    cached_input_usd: Amount | None = None
    """For a million input tokens that come from the cache."""
    output_usd: Amount | None = None
    """For a million output tokens."""

    @model_validator(mode="after")
    def _check_amounts(self) -> PriceEntry:
        wanted = ("input_usd", "output_usd") if self.kind == "tokens" else ("hour_usd",)
        if any(getattr(self, each) is None for each in wanted):
            raise PydanticCustomError("amount_missing", "an amount is missing")
        return self
