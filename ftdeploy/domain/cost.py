"""What deployments cost, by list prices: hosting, PTU hours, and tokens between no call and the declared peak.

A price that the catalogue does not know is a gap, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ftdeploy.domain.facts import Facts, TokenPrices
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.stacks import Load

HOURS_A_MONTH = 730
"""As Azure's price pages count."""
_MINUTES_A_MONTH = HOURS_A_MONTH * 60
_MILLION = Decimal(1_000_000)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What something costs in a month, from no call at all to its declared load all the time."""

    hosting_usd: Decimal = _NOTHING
    ptu_usd: Decimal = _NOTHING
    tokens_usd: Decimal = _NOTHING
    """At the declared load all the time."""
    gaps: frozenset[str] = frozenset()
    """What has no known price, such as `a PTU of ProvisionedManaged`."""
    prices_since: frozenset[date] = frozenset()
    """Days of the price lists."""

    @property
    def least_usd(self) -> Decimal:
        """Without a single call."""
        return self.hosting_usd + self.ptu_usd

    @property
    def most_usd(self) -> Decimal:
        """At the declared load all the time."""
        return self.least_usd + self.tokens_usd

    @property
    def least_hour_usd(self) -> Decimal:
        """For an hour without a call."""
        return self.least_usd / HOURS_A_MONTH

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            hosting_usd=self.hosting_usd + other.hosting_usd,
            ptu_usd=self.ptu_usd + other.ptu_usd,
            tokens_usd=self.tokens_usd + other.tokens_usd,
            gaps=self.gaps | other.gaps,
            prices_since=self.prices_since | other.prices_since,
        )


def add_up(costs: Iterable[Cost]) -> Cost:
    """What all of them cost together."""
    return sum(costs, Cost())


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """What one deployment costs."""

    stack: str
    account: str
    """Its name in Azure."""
    deployment: str
    sku: str
    capacity: int
    cost: Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What stacks cost."""

    deployments: tuple[Priced, ...]

    @property
    def total(self) -> Cost:
        """All together."""
        return add_up(each.cost for each in self.deployments)

    def sum_stack(self, stack: str) -> Cost:
        """One stack."""
        return add_up(each.cost for each in self.deployments if each.stack == stack)

    def sum_account(self, stack: str, account: str) -> Cost:
        """One account of a stack."""
        found = (each for each in self.deployments if (each.stack, each.account) == (stack, account))
        return add_up(each.cost for each in found)


def price_deployment(*, base: str, sku: Sku, capacity: int, load: Load | None, facts: Facts) -> Cost:
    """What a deployment costs in a month.

    Args:
        base: name of the base model.
        sku: how it runs.
        capacity: PTU on a provisioned SKU; on others it costs nothing by itself.
        load: what it is declared to carry; None where nobody says, and token costs are a gap on a token SKU.
        facts: the catalogue.
    """
    if sku.is_provisioned:
        return _price_ptu(sku, capacity, facts)
    return _price_hosting(base, sku, facts) + _price_load(base, sku, load, facts)


def _price_ptu(sku: Sku, capacity_ptu: int, facts: Facts) -> Cost:
    price = facts.ptu_prices.get(sku)
    if price is None:
        return Cost(gaps=frozenset({f"a PTU of {sku}"}))
    amount = price.amount_usd * capacity_ptu * HOURS_A_MONTH
    return Cost(ptu_usd=amount, prices_since=frozenset({price.since}))


def _price_hosting(base: str, sku: Sku, facts: Facts) -> Cost:
    price = facts.hosting_prices.get((base, sku))
    if price is None:
        return Cost(gaps=frozenset({f"hosting of {base} on {sku}"}))
    return Cost(hosting_usd=price.amount_usd * HOURS_A_MONTH, prices_since=frozenset({price.since}))


def _price_load(base: str, sku: Sku, load: Load | None, facts: Facts) -> Cost:
    prices = facts.token_prices.get((base, sku))
    if prices is None:
        return Cost(gaps=frozenset({f"tokens of {base} on {sku}"}))
    if load is None:
        return Cost(gaps=frozenset({"tokens, without a declared `load`"}))
    return Cost(tokens_usd=price_tokens(load, prices) * _MINUTES_A_MONTH, prices_since=frozenset({prices.since}))


def price_tokens(load: Load, prices: TokenPrices) -> Decimal:
    """What the tokens of one minute cost, none of them cached."""
    prompt = load.rpm * load.prompt_tokens * prices.input_usd
    return (prompt + load.rpm * load.completion_tokens * prices.output_usd) / _MILLION
