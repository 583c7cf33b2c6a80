"""Deployment names are such that every account takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Problem

# Azure's specification has no rule; what every account and the model endpoint take is 2 to 64 letters, digits, `_`,
# `.` and `-`, with a letter or digit at both ends.
_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}[a-zA-Z0-9]")


def _check(wish: DeploymentWish, terms: Terms) -> Iterator[Problem]:
    if wish.name is not None and not _NAME.fullmatch(wish.name):
        yield Problem(
            problem=f"`{wish.name[:80]}` is not a name that every account takes",
            where=wish.place(""),
            fix="write 2 to 64 letters, digits, `_`, `.` or `-`, with a letter or digit at both ends",
        )


RULE = Rule(
    id="names-legal",
    title="Deployment names are legal",
    why="A deployment cannot be renamed, and a name that the model endpoint does not take makes it useless",
    source="https://learn.microsoft.com/rest/api/aiservices/accountmanagement/deployments/create-or-update",
    judges=DeploymentWish,
    check=_check,
    good=Sample(account="{deployments: {second-bot: {model: support-bot@MODEL, sku: Standard, kTpm: 1}}}"),
    bad=Sample(note="a program names a deployment `bot/1`; stack files refuse such keys by themselves"),
)
