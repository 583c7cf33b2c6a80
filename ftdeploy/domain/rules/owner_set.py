"""Every deployment says whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if wish.owner == "":
        yield Problem(
            problem="nobody is named who answers for this deployment",
            where=wish.place("owner"),
            fix="write `owner:` into the stack file or the defaults of `fleet.yaml`, or tag it `ftdeploy-owner`",
        )


RULE = Rule(
    id="owner-set",
    title="An owner is set",
    why="A deployment costs money every hour, and somebody has to answer when it is idle, retired or too small",
    source="https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-tagging",
    judges=DeploymentWish,
    check=_check,
    good=Sample(stack="{owner: support-platform@contoso.example}"),
    bad=Sample(note="a program makes a deployment without the tag; stack files refuse to be without `owner`"),
)
