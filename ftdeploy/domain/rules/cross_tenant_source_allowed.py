"""A model comes from another tenant only where its owner is on a list."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if wish.source is None or not wish.is_source_foreign:
        return
    allowed = {each.lower() for each in terms.limits.cross_tenant_sources}
    subscription = wish.source.subscription
    if subscription.lower() not in allowed:
        yield Problem(
            problem=f"the model lies in another tenant, in subscription {subscription}, which is not on the list",
            where=wish.place("model"),
            fix=f"write `crossTenantSources: [{subscription}]` into `limits` in `fleet.yaml`, once its owner agreed",
            allowed=terms.limits.cross_tenant_sources,
        )


_SUBSCRIPTION = "20000000-0000-4000-8000-0000000000b1"
_MODEL = (
    "{model: {name: gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678, "
    "tenant: 20000000-0000-4000-8000-000000000002, account: "
    f"/subscriptions/{_SUBSCRIPTION}/resourceGroups/rg-x/providers/Microsoft.CognitiveServices/accounts/partner}}}}"
)

RULE = Rule(
    id="cross-tenant-source-allowed",
    title="Models come only from tenants that are allowed",
    why="Weights of another tenant carry data nobody here vouches for, and its owner can take them away",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-deploy",
    judges=DeploymentWish,
    check=_check,
    limits=("cross_tenant_sources",),
    good=Sample(
        deployment=_MODEL, fleet=f"rules: [{{match: {{}}, limits: {{crossTenantSources: [{_SUBSCRIPTION}]}}}}]"
    ),
    bad=Sample(deployment=_MODEL),
)
