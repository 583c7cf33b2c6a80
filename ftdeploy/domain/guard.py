"""What an update would take away, and whether it may: policy packs are never asked about deletions.

Guarded are deployments that are protected, provisioned, or in a stage that others come before, and accounts and
resource groups that hold models. A stack file can allow a removal by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.skus import find_sku
from ftdeploy.domain.stacks import Removal
from ftdeploy.errors import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LostDeployment:
    """A deployment that an update deletes, or deletes and makes anew."""

    urn: str
    is_replaced: bool
    is_protected: bool
    account: str
    """Name of its account."""
    name: str
    sku_text: str
    stage: str
    """As its tags say; empty where they do not."""

    @property
    def resource(self) -> str:
        """What stack files call it."""
        return f"{self.account}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LostAccount:
    """An account that an update deletes, or deletes and makes anew."""

    urn: str
    is_replaced: bool
    is_protected: bool
    name: str
    resource_group: str

    @property
    def resource(self) -> str:
        """What stack files call it."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class LostGroup:
    """A resource group that an update deletes with everything in it, or deletes and makes anew."""

    urn: str
    is_replaced: bool
    is_protected: bool
    name: str

    @property
    def resource(self) -> str:
        """What stack files call it."""
        return self.name


Loss = LostDeployment | LostAccount | LostGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a loss is judged by."""

    stage: str
    """Of the stack; empty where it has no file."""
    guarded_stages: frozenset[str]
    holders: tuple[AccountId, ...]
    """Accounts that models come from, or that deployments are in."""
    removals: tuple[Removal, ...]
    """What the stack file allows."""
    where: Place
    """The stack file."""
    today: date


def check_losses(losses: Iterable[Loss], around: Surroundings) -> Iterator[Problem]:
    """Yields a problem for everything that must not be taken away, and for allowances that ended or are of no use."""
    used: set[str] = set()
    for loss in losses:
        reason = _find_reason(loss, around)
        if reason:
            allowance = _find_allowance(loss, around)
            if allowance is None:
                yield _refuse(loss, reason, around)
            else:
                used.add(allowance.resource)
                if around.today > allowance.expires:
                    yield _say_expired(allowance)
    for each in around.removals:
        if each.resource not in used:
            yield Problem(
                problem=f"`removals` allows to remove {each.resource}, which this update does not",
                where=each.where,
                fix="remove the entry once it is done, or correct its name",
                rule="removal-idle",
                resource=each.resource,
                level="advisory",
            )


def _find_reason(loss: Loss, around: Surroundings) -> str:
    """Why it is guarded; empty where it is not."""
    if isinstance(loss, LostAccount):
        held = any(_is_in(each, loss) for each in around.holders)
        return "holds models or deployments" if held else "is protected" if loss.is_protected else ""
    if isinstance(loss, LostGroup):
        held = any(each.resource_group.lower() == loss.name.lower() for each in around.holders)
        return "holds models or deployments" if held else "is protected" if loss.is_protected else ""
    sku, stage = find_sku(loss.sku_text), loss.stage or around.stage
    if loss.is_protected:
        return "is protected"
    if sku is not None and sku.is_provisioned:
        return "is provisioned, and its capacity may be gone when it is wanted back"
    return f"is in stage {stage}" if stage in around.guarded_stages else ""


def _is_in(holder: AccountId, loss: LostAccount) -> bool:
    return holder.name.lower() == loss.name.lower()


def _find_allowance(loss: Loss, around: Surroundings) -> Removal | None:
    return next((each for each in around.removals if each.resource.lower() == loss.resource.lower()), None)


def _refuse(loss: Loss, reason: str, around: Surroundings) -> Problem:
    kind = {LostDeployment: "deployment", LostAccount: "account", LostGroup: "resource group"}[type(loss)]
    what = "deletes and makes anew" if loss.is_replaced else "deletes"
    return Problem(
        problem=f"the update {what} the {kind} {loss.resource}, which {reason}",
        where=Place(name=loss.urn),
        fix=(
            f"put back what was changed; or, where it is meant, write `removals: [{{resource: {loss.resource}, "
            f"reason: …, expires: …}}]` into {around.where.name}"
        ),
        rule="removal-allowed",
        resource=loss.resource,
    )


def _say_expired(removal: Removal) -> Problem:
    return Problem(
        problem=f"`removals` allowed to remove {removal.resource} until {removal.expires} only",
        where=removal.where,
        fix="write another `expires`, or put back what was changed",
        rule="removal-expired",
        resource=removal.resource,
    )
