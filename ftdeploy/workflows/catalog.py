"""The catalogue: shown, compared between days, looked through for what is old, and refreshed from Azure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from ftdeploy.catalog.load import LOCK, load_facts
from ftdeploy.catalog.lock import write_lock
from ftdeploy.domain.figures import KINDS, Change, Figure, diff_figures, list_figures, list_stale
from ftdeploy.domain.observations import AccountState
from ftdeploy.domain.offerings import Offering, find_ends, find_sizes
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.stacks import Stack
from ftdeploy.errors import InputError, Place, Problem


class AccountReader(Protocol):
    """Reads accounts."""

    async def find_account(self, account: AccountId) -> AccountState | None:
        """An account; None when there is none."""


class OfferingReader(Protocol):
    """Reads what is sold."""

    async def __call__(self, region: str) -> tuple[Offering, ...]:
        """The models of a region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What a refresh found."""

    regions: tuple[str, ...]
    """That were asked about."""
    changes: tuple[Change, ...]
    """Between the figures before and after."""


def show_figures(root: Path, kinds: Sequence[str], *, as_of: date) -> tuple[Figure, ...]:
    """Every figure of these kinds that holds on a day; all kinds when there are none.

    Raises:
        InputError: there is no such kind, or the lock is not right.
    """
    _check_kinds(kinds)
    return tuple(list_figures(load_facts(as_of, lock=root / LOCK), kinds or KINDS))


def compare_days(root: Path, kinds: Sequence[str], *, since: date, as_of: date) -> tuple[Change, ...]:
    """What differs between two days.

    Raises:
        InputError: there is no such kind, or the lock is not right.
    """
    _check_kinds(kinds)
    before, after = (load_facts(day, lock=root / LOCK) for day in (since, as_of))
    return tuple(diff_figures(before, after, kinds or KINDS))


def find_stale(root: Path, *, today: date, days: int) -> tuple[tuple[str, str, str], ...]:
    """Kind, thing and day of the last comparison of what nobody compared with its page for so long.

    Raises:
        InputError: the lock is not right.
    """
    return tuple(list_stale(load_facts(today, lock=root / LOCK), today=today, days=days))


async def refresh_lock(
    root: Path, stack: Stack, *, accounts: AccountReader, offerings: OfferingReader, today: date
) -> Refreshed:
    """Write what Azure says today of sizes and ends into the lock, where it is not what the catalogue says.

    Args:
        root: the repository.
        stack: the regions of its accounts are asked about.
        accounts: tell where accounts are that exist already.
        offerings: tell what is sold in a region.
        today: the day of the figures.

    Raises:
        InputError: the lock is not right; nothing is changed then.
        ServiceRefused: Azure refused, or could not be reached; nothing is changed then.
    """
    path = root / LOCK
    before = load_facts(today, lock=path)
    regions = [each.region or await _find_region(each.id, accounts) for each in stack.accounts]
    asked = tuple(sorted({each for each in regions if each}))
    found = [each for region in asked for each in await offerings(region)]
    catalogue = load_facts(today)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    new = write_lock(text, find_sizes(found, catalogue), find_ends(found, catalogue), today=today)
    if text or "\n  - " in new:
        path.write_text(new, encoding="utf-8")
    return Refreshed(regions=asked, changes=tuple(diff_figures(before, load_facts(today, lock=path))))


async def _find_region(account: AccountId, accounts: AccountReader) -> str:
    found = await accounts.find_account(account)
    return found.region if found else ""


def _check_kinds(kinds: Sequence[str]) -> None:
    unknown = [each for each in kinds if each not in KINDS]
    if unknown:
        problem = f"the catalogue has no figures of the kind `{unknown[0]}`"
        fix = "name one of the allowed kinds, or none for all of them"
        raise InputError((Problem(problem=problem, where=Place(name="KIND"), fix=fix, allowed=KINDS),))
