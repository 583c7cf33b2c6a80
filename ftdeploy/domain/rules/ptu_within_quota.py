"""The provisioned deployments of a stack fit into the quota that is declared for their region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.skus import Sku
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import StackWish
from ftdeploy.errors import Problem


def sum_regional_ptu(wish: StackWish) -> Mapping[str, int]:
    """Regional PTU by region; those of accounts whose region nobody tells, and unknown sizes, are left out."""
    found: dict[str, int] = defaultdict(int)
    for each in wish.list_deployments():
        if each.sku is Sku.PROVISIONED and each.region and each.capacity is not None:
            found[each.region] += each.capacity
    return found


def _check(wish: StackWish, terms: Terms) -> Iterator[Problem]:
    if not terms.limits.ptu_quota:
        return
    for region, wanted_ptu in sum_regional_ptu(wish).items():
        quota_ptu = terms.limits.ptu_quota.get(region, 0)
        if wanted_ptu > quota_ptu:
            yield Problem(
                problem=f"{wanted_ptu} PTU in {region} are more than the declared quota of {quota_ptu}",
                where=wish.place("accounts"),
                fix=(
                    f"take {wanted_ptu - quota_ptu} PTU away, or ask Azure for more "
                    f"and write it into `ptuQuota` in `fleet.yaml`"
                ),
            )


RULE = Rule(
    id="ptu-within-quota",
    title="Provisioned capacity fits into the declared quota",
    why="Regional PTU is one pool of a subscription and region for all models; what does not fit is refused half-way",
    source="https://learn.microsoft.com/azure/foundry/openai/concepts/provisioned-throughput",
    judges=StackWish,
    check=_check,
    is_local=False,
    limits=("ptu_quota",),
    good=Sample(
        deployment="{sku: ProvisionedManaged, ptu: 50}",
        fleet="rules: [{match: {}, limits: {ptuQuota: {swedencentral: 50}}}]",
    ),
    bad=Sample(
        deployment="{sku: ProvisionedManaged, ptu: 50}",
        fleet="rules: [{match: {}, limits: {ptuQuota: {swedencentral: 25}}}]",
    ),
)
