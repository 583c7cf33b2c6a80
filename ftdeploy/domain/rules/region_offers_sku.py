"""The account's region offers the SKU to fine-tuned versions of the base."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if wish.base is None or wish.sku is None or not wish.is_fine_tuned:
        return
    offer = terms.facts.offers.get((wish.base.name, wish.sku))
    if offer is None or offer.regions is None or wish.region is None:
        return
    regions = tuple(sorted(offer.regions))
    if not wish.region:
        yield Problem(
            problem=f"whether its region offers {wish.sku} could not be checked: nothing says where the account is",
            where=wish.place("sku"),
            fix="write `region:` beside `existing:`",
            allowed=regions,
            source=offer.citation,
            level="advisory",
        )
    elif wish.region not in offer.regions:
        yield Problem(
            problem=f"Azure does not offer {wish.sku} to fine-tuned {wish.base.name} in {wish.region}",
            where=wish.place("sku"),
            fix=f"set another `sku`, or deploy it in {' or '.join(regions)}",
            allowed=regions,
            source=offer.citation,
        )


RULE = Rule(
    id="region-offers-sku",
    title="The region offers the deployment type",
    why=(
        "Fine-tuned models run on regional types in few regions only, other ones than those that train them; "
        "Azure refuses the rest when the deployment is made"
    ),
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-deploy",
    judges=DeploymentWish,
    check=_check,
    is_local=False,
    good=Sample(account="{region: swedencentral}", deployment="{sku: Standard, kTpm: 10}"),
    bad=Sample(account="{region: francecentral}", deployment="{sku: Standard, kTpm: 10}"),
)
