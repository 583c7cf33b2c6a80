"""Every deployment says what is to happen when nobody calls it."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Level, Rule, Sample
from ftdeploy.domain.stacks import WhenIdle
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if terms.limits.require_idle_behaviour and wish.is_fine_tuned and wish.when_idle is None:
        yield Problem(
            problem="nothing says what is to happen when nobody calls this deployment and Azure deletes it",
            where=wish.place("whenIdle"),
            fix="write `whenIdle: keep` where it is kept alive, or `whenIdle: vanish` where it may go",
            allowed=tuple(WhenIdle),
        )


RULE = Rule(
    id="idle-behaviour-declared",
    title="Idle behaviour is declared",
    why=(
        "Azure deletes a fine-tuned model's deployment after 15 days without calls; a standby that nobody calls "
        "is gone on the day it is needed"
    ),
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning",
    judges=DeploymentWish,
    check=_check,
    level=Level.ADVISORY,
    limits=("require_idle_behaviour",),
    good=Sample(deployment="{whenIdle: keep}", fleet="rules: [{match: {}, limits: {requireIdleBehaviour: true}}]"),
    bad=Sample(fleet="rules: [{match: {}, limits: {requireIdleBehaviour: true}}]"),
)
