"""Accounts send their logs somewhere where that is demanded."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish
from ftdeploy.errors import Problem


def _check(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    if terms.limits.require_diagnostics and wish.is_new and wish.has_diagnostics is False:
        yield Problem(
            problem="the account's logs go nowhere, and are demanded here",
            where=wish.place("diagnostics"),
            fix="write `diagnostics:` with the id of a Log Analytics workspace",
        )


_WORKSPACE = (
    "/subscriptions/10000000-0000-4000-8000-0000000000d1/resourceGroups/rg-logs"
    "/providers/Microsoft.OperationalInsights/workspaces/logs"
)

RULE = Rule(
    id="diagnostics-on",
    title="Logs are kept where that is demanded",
    why="Without diagnostic settings nobody can tell afterwards who called which deployment",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/monitor-openai",
    judges=AccountWish,
    check=_check,
    is_local=False,
    limits=("require_diagnostics",),
    good=Sample(
        account=f"{{diagnostics: {_WORKSPACE}}}", fleet="rules: [{match: {}, limits: {requireDiagnostics: true}}]"
    ),
    bad=Sample(fleet="rules: [{match: {}, limits: {requireDiagnostics: true}}]"),
)
