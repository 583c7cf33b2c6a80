"""What every deployment has to keep to: one rule a file, all of them in RULES."""

from __future__ import annotations

from collections.abc import Callable

from ftdeploy.domain.facts import Facts
from ftdeploy.domain.limits import check_limits
from ftdeploy.domain.rules import ptu_at_legal_size
from ftdeploy.domain.stacks import Deployment, Stack
from ftdeploy.domain.wishes import DeploymentWish, Rule
from ftdeploy.errors import Place, Problem

RULES: tuple[Rule, ...] = (ptu_at_legal_size.RULE,)
"""In the order in which findings are told."""


def check_stack(stack: Stack, place: Callable[[str], Place], facts: Facts) -> list[Problem]:
    """What the rules find in a whole stack, and what of it is not built yet.

    Args:
        stack: what is wanted.
        place: tells where a dotted key path stands, such as `accounts.support.deployments.support-bot.ptu`.
        facts: the catalogue on the day of the check.
    """
    wishes = [
        _wish_for(deployment, place(f"accounts.{account.key}.deployments.{deployment.key}.{_unit(deployment)}"))
        for account in stack.accounts
        for deployment in account.deployments
    ]
    broken = [problem for wish in wishes for rule in RULES for problem in rule.check(wish, facts)]
    return [*check_limits(stack, place), *broken]


def _wish_for(deployment: Deployment, where: Place) -> DeploymentWish:
    return DeploymentWish(
        where=where, sku_text=deployment.sku.value, capacity=deployment.capacity, base=deployment.model.base
    )


def _unit(deployment: Deployment) -> str:
    return "ptu" if deployment.sku.is_provisioned else "kTpm"
