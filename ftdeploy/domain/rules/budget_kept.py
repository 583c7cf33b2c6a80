"""A stack costs no more in a month than its budget, at its declared load."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.cost import Cost, add_up, price_deployment
from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish, StackWish
from ftdeploy.errors import Problem


def _check(wish: StackWish, terms: Terms) -> Iterator[Problem]:
    budget_usd = terms.limits.monthly_budget_usd
    if budget_usd is None:
        return
    cost = add_up(_price(each, terms) for each in wish.list_deployments())
    if cost.most_usd > budget_usd:
        yield Problem(
            problem=(
                f"the stack costs up to {cost.most_usd:,.0f} USD a month at its declared load, "
                f"and its budget is {budget_usd:,} USD"
            ),
            where=wish.place("accounts"),
            fix="remove or shrink deployments, or set another `monthlyBudgetUsd` in `fleet.yaml`",
        )
    elif cost.gaps:
        yield Problem(
            problem=f"whether the budget is kept could not be checked in full: no price is known for {_say(cost)}",
            where=wish.place("accounts"),
            fix="declare `load` where it is missing, and write the prices into `catalog.lock.yaml`",
            level="advisory",
        )


def _price(wish: DeploymentWish, terms: Terms) -> Cost:
    if wish.base is None or wish.sku is None or wish.capacity is None:
        return Cost()
    return price_deployment(
        base=wish.base.name, sku=wish.sku, capacity=wish.capacity, load=wish.load, facts=terms.facts
    )


def _say(cost: Cost) -> str:
    return "; ".join(sorted(cost.gaps))


RULE = Rule(
    id="budget-kept",
    title="The stack is within its budget",
    why="Hosting and provisioned throughput cost every hour, calls or not; a bill comes when the month is over",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-cost-management",
    judges=StackWish,
    check=_check,
    is_local=False,
    limits=("monthly_budget_usd",),
    good=Sample(deployment="{sku: Standard, kTpm: 10}"),
    bad=Sample(
        deployment="{sku: Standard, kTpm: 10}",
        fleet="rules: [{match: {}, limits: {monthlyBudgetUsd: 1000}}]",
    ),
)
