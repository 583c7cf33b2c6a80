"""What stack files may say and this version cannot do yet, refused by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ftdeploy.domain.stacks import Change, Stack
from ftdeploy.errors import Place, Problem


def check_unbuilt(stack: Stack, place: Callable[[str], Place]) -> Iterator[Problem]:
    """Yields a problem for everything that is asked for and not built yet."""
    for account in stack.accounts:
        for deployment in account.deployments:
            if deployment.change is Change.BESIDE:
                yield Problem(
                    problem=f"`change: {deployment.change}` is not built yet: a new model takes the old one's place",
                    where=place(f"accounts.{account.key}.deployments.{deployment.key}.change"),
                    fix=(
                        f"set `change: {Change.IN_PLACE}`, or add a second deployment with the new model, "
                        "move its callers, and remove the first"
                    ),
                    allowed=(Change.IN_PLACE.value,),
                )
