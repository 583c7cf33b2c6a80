"""Model and SKU can do what the deployment's callers rely on."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if not wish.needs or wish.base is None:
        return
    training = terms.facts.trainings.get(wish.base)
    offer = None if wish.sku is None else terms.facts.offers.get((wish.base.name, wish.sku))
    for need in sorted(wish.needs):
        if training is not None and need not in training.abilities:
            yield Problem(
                problem=f"callers need {need}, which the catalogue does not list for fine-tuned {wish.base}",
                where=wish.place("needs"),
                fix=f"deploy a model whose base can do {need}, or remove it from `needs`",
                source=training.citation,
            )
        elif offer is not None and need in offer.lacks:
            yield Problem(
                problem=f"callers need {need}, which fine-tuned {wish.base.name} cannot do on {wish.sku}",
                where=wish.place("needs"),
                fix=f"set another `sku`, or remove {need} from `needs`",
                source=offer.citation,
            )
        elif training is None:
            yield Problem(
                problem=f"whether {wish.base} can do {need} could not be checked: the catalogue does not say",
                where=wish.place("needs"),
                fix="look it up, and try it in the first stage",
                level="advisory",
            )


RULE = Rule(
    id="needs-met",
    title="Model and SKU can do what callers need",
    why=(
        "Structured output and vision depend on the base, and for fine-tuned versions on the deployment type too; "
        "a call that uses what is missing is refused only when it is made"
    ),
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-deploy",
    judges=DeploymentWish,
    check=_check,
    good=Sample(deployment="{needs: [tools]}"),
    bad=Sample(deployment="{sku: GlobalStandard, kTpm: 10, needs: [structuredOutput]}", as_of="2025-03-01"),
)
