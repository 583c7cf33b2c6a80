"""What takes the overflow of a provisioned deployment is there, and answers as it does."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish, DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    by_name = {each.name.lower(): each for each in wish.deployments if each.name}
    is_complete = all(each.name is not None for each in wish.deployments)
    for each in wish.deployments:
        if each.spillover:
            target = by_name.get(each.spillover.lower())
            if target is not None or is_complete:
                yield from _check_target(each, target, is_existing=not wish.is_new)


def _check_target(wish: DeploymentWish, target: DeploymentWish | None, *, is_existing: bool) -> Iterator[Problem]:
    where = wish.place("spillover")
    if not wish.is_provisioned:
        yield Problem(
            problem=f"`spillover` stands beside `sku: {wish.sku_text}`, which has no overflow",
            where=where,
            fix="remove `spillover`, or set `sku: ProvisionedManaged`",
        )
    elif target is None:
        yield Problem(
            problem=f"the account has no deployment `{wish.spillover}` to spill over to, as far as this stack knows",
            where=where,
            fix="write the name of a deployment of the same account and stack",
            level="advisory" if is_existing else "mandatory",
        )
    elif target.is_provisioned:
        yield Problem(
            problem=f"`{wish.spillover}` is provisioned itself, and Azure spills over to standard deployments only",
            where=where,
            fix="write the name of a deployment on a token SKU",
        )
    elif None not in (wish.model, target.model) and wish.model != target.model:
        yield Problem(
            problem=f"`{wish.spillover}` answers with another model, {target.model}",
            where=where,
            fix="deploy the same model in both, so that callers get the same answers from either",
        )


RULE = Rule(
    id="spillover-suitable",
    title="The spillover target is suitable",
    why="Calls that a full provisioned deployment passes on are answered in the same account by what is named there",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/spillover-traffic-management",
    judges=AccountWish,
    check=_check,
    is_local=False,
    good=Sample(
        deployment="{sku: ProvisionedManaged, ptu: 50, spillover: second-bot}",
        account="{deployments: {second-bot: {model: support-bot@MODEL, sku: Standard, kTpm: 10}}}",
    ),
    bad=Sample(deployment="{sku: ProvisionedManaged, ptu: 50, spillover: second-bot}"),
)
