"""Accounts and deployments have the tags that are demanded."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish, DeploymentWish
from ftdeploy.errors import Problem


def _check_deployment(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    yield from _check(wish, terms, "deployment")


def _check_account(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    if wish.is_new:
        yield from _check(wish, terms, "account")


def _check(wish: DeploymentWish | AccountWish, terms: Terms, kind: str) -> Iterator[Problem]:
    for tag in terms.limits.require_tags:
        if not wish.tags.get(tag):
            yield Problem(
                problem=f"the {kind} has no tag `{tag}`, which is demanded here",
                where=wish.place("tags"),
                fix=f"write `tags: {{{tag}: …}}` into the stack file",
            )


_WHY = "Costs are shared out, and resources found, by tags that all of them have"
_SOURCE = "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources"
_GOOD = Sample(
    stack="{tags: {cost-centre: '4711'}}", fleet="rules: [{match: {}, limits: {requireTags: [cost-centre]}}]"
)
_BAD = Sample(fleet="rules: [{match: {}, limits: {requireTags: [cost-centre]}}]")

DEPLOYMENTS = Rule(
    id="deployment-tags-set",
    title="Deployments have the tags that are demanded",
    why=_WHY,
    source=_SOURCE,
    judges=DeploymentWish,
    check=_check_deployment,
    limits=("require_tags",),
    good=_GOOD,
    bad=_BAD,
)
ACCOUNTS = Rule(
    id="account-tags-set",
    title="Accounts have the tags that are demanded",
    why=_WHY,
    source=_SOURCE,
    judges=AccountWish,
    check=_check_account,
    limits=("require_tags",),
    good=_GOOD,
    bad=_BAD,
)
