"""In which order the deployments of one account are written.

Azure takes one write at a time for an account and everything below it, and answers the others with 409. So each write
depends on all earlier ones of its account. On all, not on the previous one alone: Pulumi deletes in reverse, and where
the middle of a chain stays, its two ends would be deleted at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ftdeploy.domain.stacks import Deployment


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A deployment, and the keys of those of its account that are written before it."""

    deployment: Deployment
    after: tuple[str, ...]


def plan_writes(deployments: Iterable[Deployment]) -> tuple[Write, ...]:
    """The writes of one account: token SKUs first and provisioned ones, which take longest, last; by key otherwise."""
    ordered = sorted(deployments, key=lambda each: (each.sku.is_provisioned, each.key))
    keys = tuple(each.key for each in ordered)
    return tuple(Write(deployment=each, after=keys[:earlier]) for earlier, each in enumerate(ordered))
