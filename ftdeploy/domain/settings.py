"""What a fleet says of rules: levels, limits and waivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ftdeploy.domain.rule import Level
from ftdeploy.domain.wishes import Scope
from ftdeploy.errors import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a fleet says of rules, for the stacks that match; None matches all."""

    stage: str | None = None
    geography: str | None = None
    stack: str | None = None
    levels: Mapping[str, Level] = field(default_factory=dict)
    """By rule."""
    limits: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `Limits` that are said."""

    def is_for(self, scope: Scope) -> bool:
        """Whether it holds for that stack."""
        wanted = ((self.stack, scope.stack), (self.stage, scope.stage), (self.geography, scope.geography))
        return all(mine is None or mine == theirs for mine, theirs in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """That a rule may be broken by one resource, for a while."""

    where: Place
    rule: str
    resource: str
    """`<account>/<deployment>`, `<account>` or `<stack>`, by Azure's names."""
    reason: str
    owner: str
    expires: date
    """Last day on which it holds."""

    def covers(self, rule: str, resource: str) -> bool:
        """Whether it is for that rule and resource; a name that is not known yet, `?`, is taken for the right one."""
        return self.rule == rule and _is_same(self.resource.lower(), resource.lower())


def _is_same(waived: str, found: str) -> bool:
    if "?" not in found:
        return waived == found
    parts, others = found.split("/"), waived.split("/")
    return len(parts) == len(others) and all(a in ("?", b) for a, b in zip(parts, others, strict=True))
