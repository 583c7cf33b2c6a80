"""Shape of `fleet.yaml`: the stages, their order, and what holds for many stacks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ftdeploy.files.schema.fields import Count, Guid, Label, Schema, TagName


class StageEntry(Schema):
    """A stage; stacks name it in `stage`."""

    after: list[str] = Field(default_factory=list)
    """Stages in which a model has to be deployed before it may come here."""


class MatchEntry(Schema):
    """Which stacks a default is for; what is not named matches all."""

    stage: str | None = None
    """Stage of the stacks."""
    geography: str | None = None
    """Geography of the stacks."""
    stack: str | None = None
    """Name of one stack."""


class SetEntry(Schema):
    """What a default sets. Nothing that costs money or opens a door can be set here."""

    owner: Annotated[str, Field(min_length=1)] | None = None
    """Owner of a stack that names none."""
    protect: bool | None = None
    """For accounts and deployments that say nothing themselves."""
    content_filter: str | None = None
    """For deployments that say nothing themselves."""
    change: Literal["inPlace", "beside"] | None = None
    """For deployments that say nothing themselves."""
    when_idle: Literal["keep", "vanish"] | None = None
    """For deployments that say nothing themselves."""


class DefaultEntry(Schema):
    """A default for some stacks; of several that match, the last one wins."""

    match: MatchEntry
    """Which stacks it is for."""
    set: SetEntry
    """What it sets."""


class LimitsEntry(Schema):
    """What stacks may do. Defaults are stricter for stages that others come before."""

    retirement_notice_days: Annotated[int, Field(ge=0)] | None = None
    """A deployment whose model is retired within so many days is refused; 90, or 0 in first stages."""
    allow_developer_tier: bool | None = None
    """Whether deployments that Azure removes after a day are allowed; only in first stages."""
    allow_preview: bool | None = None
    """Whether offers without a service level are allowed; only in first stages."""
    require_idle_behaviour: bool | None = None
    """Whether every deployment says `whenIdle`; not in first stages."""
    data_stays: Literal["region", "dataZone", "anywhere"] | None = None
    """How far prompts, answers and weights may go; `anywhere`, as Azure itself has it for global types."""
    cross_tenant_sources: list[Guid] | None = None
    """Subscriptions of other tenants that models may come from; none."""
    content_filters: list[str] | None = None
    """Content filters that deployments may have; every one."""
    require_private_network: bool | None = None
    """Whether accounts must not answer from the internet; they may."""
    require_customer_managed_key: bool | None = None
    """Whether accounts are encrypted with a key of one's own; they need not be."""
    require_diagnostics: bool | None = None
    """Whether accounts send their logs somewhere; they need not."""
    require_tags: list[TagName] | None = None
    """Tags that accounts and deployments must have; none."""
    monthly_budget_usd: Count | None = None
    """What a stack may cost in a month at its declared load; no limit."""
    ptu_quota: dict[str, Count] | None = None
    """Regional PTU that Azure granted the subscription, by region; not checked."""
    reserved_ptu: dict[str, Count] | None = None
    """Regional PTU that are paid for as reservations, by region; none."""


class RulesEntry(Schema):
    """Levels and limits of rules for some stacks; of several that match, the last one wins."""

    match: MatchEntry
    """Which stacks it is for."""
    levels: dict[str, Literal["mandatory", "advisory", "off"]] = Field(default_factory=dict)
    """What breaking a rule does, by the rule's id."""
    limits: LimitsEntry = Field(default_factory=LimitsEntry)
    """What the rules hold these stacks to."""


class WaiverEntry(Schema):
    """That one resource may break a rule for a while."""

    rule: Annotated[str, Field(examples=["ptu-near-load"])]
    """Id of the rule."""
    resource: Annotated[str, Field(examples=["contoso-support-prod-swc/support-bot"])]
    """`<account>/<deployment>` by their names in Azure, `<account>`, or the name of a stack."""
    reason: Annotated[str, Field(min_length=1, examples=["moves to a smaller size in January"])]
    """Why."""
    owner: Annotated[str, Field(min_length=1, examples=["support-platform@contoso.example"])]
    """Whom to ask."""
    expires: Annotated[str, Field(examples=['"2027-01-31"'])]
    """Last day on which it holds: a date, in quotes."""


class FleetFile(Schema):
    """What holds for all stacks."""

    requires: Annotated[str, Field(examples=["ftdeploy>=0.1,<1"])]
    """Versions of ftdeploy that read these files."""
    stages: dict[Label, StageEntry]
    """The stages, by name."""
    defaults: list[DefaultEntry] = Field(default_factory=list)
    """What stacks need not repeat."""
    rules: list[RulesEntry] = Field(default_factory=list)
    """Levels and limits of the rules."""
    waivers: list[WaiverEntry] = Field(default_factory=list)
    """Exceptions from the rules."""
