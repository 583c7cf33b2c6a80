"""Who calls models cannot change deployments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ftdeploy.domain.facts import Right
from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccessWish, AccountWish
from ftdeploy.errors import Problem

_BOTH = {Right.INFER, Right.DEPLOY}


def _check(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    by_principal: dict[str, list[AccessWish]] = defaultdict(list)
    for each in wish.access:
        if each.principal:
            by_principal[each.principal.lower()].append(each)
    for found in by_principal.values():
        rights = frozenset().union(*(each.rights for each in found))
        if rights >= _BOTH:
            deploying = next(each for each in found if Right.DEPLOY in each.rights)
            yield Problem(
                problem=f"{deploying.principal} may both call models and change deployments ({_name(found)})",
                where=deploying.place("role"),
                fix=(
                    "give callers `Cognitive Services OpenAI User`, and those who deploy, under another principal, "
                    "`Cognitive Services Contributor`"
                ),
            )


def _name(found: list[AccessWish]) -> str:
    return ", ".join(sorted({each.role for each in found}))


RULE = Rule(
    id="roles-least-privilege",
    title="Who infers may not deploy",
    why="An application's identity that leaks must not be able to delete what it calls, or to buy capacity",
    source="https://learn.microsoft.com/azure/foundry/openai/how-to/role-based-access-control",
    judges=AccountWish,
    check=_check,
    is_local=False,
    good=Sample(
        account="{access: [{principal: 10000000-0000-4000-8000-00000000c011, principalType: User, role: Reader}]}"
    ),
    bad=Sample(
        account=(
            "{access: [{principal: 10000000-0000-4000-8000-00000000c011, principalType: User, "
            "role: Cognitive Services OpenAI Contributor}]}"
        )
    ),
)
