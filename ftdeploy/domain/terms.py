"""What a stage allows: the limits that rules hold a stack to, and what they are where a fleet says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ftdeploy.domain.facts import Facts


class DataStays(StrEnum):
    """How far prompts, answers and weights may go."""

    REGION = "region"
    DATA_ZONE = "dataZone"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a stage allows. The defaults are those of a stage that others come before, such as production."""

    retirement_notice_days: int = 90
    """A deployment whose model is retired sooner is refused."""
    allow_developer_tier: bool = False
    """Whether deployments that Azure removes after a day are allowed."""
    allow_preview: bool = False
    """Whether offers without a service level are allowed."""
    require_idle_behaviour: bool = True
    """Whether every deployment says what is to happen when nobody calls it."""
    data_stays: DataStays = DataStays.ANYWHERE
    """How far data may go; `anywhere` where nobody says more, because it is Azure's own default for global types."""
    cross_tenant_sources: tuple[str, ...] = ()
    """Subscriptions of other tenants that models may come from."""
    content_filters: tuple[str, ...] = ()
    """Names of the content filters that are allowed; every one when empty."""
    require_private_network: bool = False
    """Whether accounts must not answer from the internet."""
    require_customer_managed_key: bool = False
    """Whether accounts are encrypted with a key of one's own."""
    require_diagnostics: bool = False
    """Whether accounts send their logs somewhere."""
    require_tags: tuple[str, ...] = ()
    """Tags that every account and deployment has."""
    monthly_budget_usd: int | None = None
    """For a whole stack."""
    ptu_quota: Mapping[str, int] = field(default_factory=dict)
    """Regional PTU that Azure granted a subscription, by region; deployments of one stack must fit in."""
    reserved_ptu: Mapping[str, int] = field(default_factory=dict)
    """Regional PTU that are paid for as reservations, by region."""


def write_limit(name: str) -> str:
    """A field of `Limits` as files and configurations spell it, such as `retirementNoticeDays`."""
    head, *rest = name.split("_")
    return head + "".join(each.capitalize() for each in rest)


GUARDED = Limits()
"""For stages that others come before."""
OPEN = Limits(retirement_notice_days=0, allow_developer_tier=True, allow_preview=True, require_idle_behaviour=False)
"""For stages in which models are tried first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a rule judges by."""

    facts: Facts
    limits: Limits

    @property
    def today(self) -> date:
        """The day of the check, which is that of the facts."""
        return self.facts.as_of
