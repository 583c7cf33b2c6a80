"""The model's base is not retired, nor will be within the stage's notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    found = None if wish.base is None else terms.facts.lifecycles.get(wish.base)
    if found is None or found.deployment_retires is None:
        return
    notice_days = terms.limits.retirement_notice_days
    day = found.deployment_retires
    if terms.today >= day:
        problem = f"{wish.base} is retired since {day}: its deployments do not answer, and no new ones can be made"
    elif terms.today + timedelta(days=notice_days) >= day:
        problem = (
            f"{wish.base} is retired on {day}, in {(day - terms.today).days} days; {notice_days} are the least here"
        )
    else:
        return
    yield Problem(
        problem=problem,
        where=wish.place("model"),
        fix="deploy a model that was made from a newer base; until then, write a waiver that ends before that day",
        source=found.citation,
    )


RULE = Rule(
    id="model-not-retired",
    title="The model is not retired, nor soon to be",
    why="On its base's retirement day a deployment stops to answer, and training its successor takes weeks",
    source="https://learn.microsoft.com/azure/foundry/openai/concepts/model-retirements",
    judges=DeploymentWish,
    check=_check,
    is_dated=True,
    limits=("retirement_notice_days",),
    good=Sample(fleet="rules: [{match: {}, limits: {retirementNoticeDays: 30}}]"),
    bad=Sample(fleet="rules: [{match: {}, limits: {retirementNoticeDays: 3650}}]"),
)
