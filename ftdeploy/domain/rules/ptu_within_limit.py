"""A provisioned deployment is not larger than Azure lets one be."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.facts import LimitName
from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    limit = terms.facts.limits.get(LimitName.PTU_PER_DEPLOYMENT)
    if limit is not None and wish.is_provisioned and wish.capacity is not None and wish.capacity > limit.most:
        yield Problem(
            problem=f"{wish.capacity:,} PTU are more than the {limit.most:,} that Azure allows one deployment",
            where=wish.place("ptu"),
            fix=f"set `ptu: {limit.most}` or less, and share the load among deployments",
            source=limit.citation,
        )


RULE = Rule(
    id="ptu-within-limit",
    title="A provisioned deployment is within Azure's largest size",
    why="Azure refuses larger deployments when they are made",
    source="https://learn.microsoft.com/azure/foundry/openai/quotas-limits",
    judges=DeploymentWish,
    check=_check,
    good=Sample(deployment="{sku: ProvisionedManaged, ptu: 100000}"),
    bad=Sample(deployment="{sku: ProvisionedManaged, ptu: 100025}"),
)
