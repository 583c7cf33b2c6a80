"""Tell which deployments of a stack's accounts are called, which are idle, and from when on Azure may delete them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from ftdeploy.domain.idleness import IDLE_DAYS, CallRecord, Idleness, judge_idleness
from ftdeploy.domain.models import is_fine_tuned_name
from ftdeploy.domain.observations import AccountCalls, AccountState, CallHistory, DeploymentState, Sighting, Unmeasured
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.skus import Sku, find_sku
from ftdeploy.domain.stacks import Account, Stack
from ftdeploy.errors import ServiceRefused

WINDOW = timedelta(days=30)
"""Ours: twice what Azure looks at, so that a last call is still seen some days after it made a deployment idle."""


# A DeveloperTier deployment lasts 24 hours, called or not.
# https://learn.microsoft.com/azure/foundry/foundry-models/concepts/deployment-types (2026-08-06)
_DEVELOPER_LIFETIME = timedelta(hours=24)

_NOT_IN_AZURE = "the stack file names it, and it is not in Azure"


class AccountReader(Protocol):
    """Whoever knows accounts and deployments: Resource Manager."""

    async def find_account(self, account: AccountId) -> AccountState | None:
        """An account; None when there is none of that id."""

    async def list_deployments(self, account: AccountId) -> tuple[DeploymentState, ...]:
        """All deployments of an account."""


class CallCounter(Protocol):
    """Whoever counts calls: Azure Monitor."""

    async def count_calls(self, account: AccountId, *, since: datetime, until: datetime) -> AccountCalls:
        """The calls counted for an account's deployments."""


async def watch_stack(
    stack: Stack, *, accounts: AccountReader, calls: CallCounter, now: datetime
) -> tuple[Sighting, ...]:
    """Every deployment of fine-tuned models in the stack's accounts, and what is only in the stack file.

    Deployments of base models, which the 15-day rule does not touch, are left out.

    Args:
        stack: what is wanted.
        accounts: knows what is in Azure.
        calls: knows what was called.
        now: with time zone.

    Raises:
        ServiceRefused: the accounts cannot be read. Calls that cannot be counted are a verdict, not an error.
    """
    watched = [_watch_account(each, accounts=accounts, calls=calls, now=now) for each in stack.accounts]
    return tuple(sighting for each in await asyncio.gather(*watched) for sighting in each)


async def _watch_account(
    account: Account, *, accounts: AccountReader, calls: CallCounter, now: datetime
) -> list[Sighting]:
    wanted = {each.key.lower(): each.key for each in account.deployments}
    if await accounts.find_account(account.id) is None:
        reason = f"the account {account.id.name} is not in Azure"
        return [_say_absent(account.id, key, reason) for key in wanted.values()]
    found = {each.name.lower(): each for each in await accounts.list_deployments(account.id)}
    counted = await _count(calls, account.id, now)
    seen = [
        _judge(Sighting(account=account.id, deployment=each.name, is_wanted=name in wanted), each, counted, now)
        for name, each in found.items()
        if name in wanted or is_fine_tuned_name(each.model)
    ]
    absent = [_say_absent(account.id, key, _NOT_IN_AZURE) for name, key in wanted.items() if name not in found]
    return [*seen, *absent]


async def _count(calls: CallCounter, account: AccountId, now: datetime) -> AccountCalls:
    try:
        return await calls.count_calls(account, since=now - WINDOW, until=now)
    except ServiceRefused as error:
        return AccountCalls(since=now, last_calls={}, missing="; ".join(each.problem for each in error.problems))


def _judge(seen: Sighting, state: DeploymentState, counted: AccountCalls, now: datetime) -> Sighting:
    if state.created_at is None:
        return replace(seen, reason="Azure does not say when it was created")
    history = _require_window(counted.get_history(state.name), now)
    is_known = isinstance(history, CallHistory)
    last_call_at = history.last_call_at if isinstance(history, CallHistory) else None
    calls = CallRecord(is_known=is_known, last_call_at=last_call_at)
    idleness = judge_idleness(created_at=state.created_at, calls=calls, now=now)
    return replace(
        seen,
        created_at=state.created_at,
        last_call_at=last_call_at,
        idleness=_correct_date(idleness, state.sku, created_at=state.created_at, history=history),
        reason=history.reason if isinstance(history, Unmeasured) else "",
    )


def _require_window(history: CallHistory | Unmeasured, now: datetime) -> CallHistory | Unmeasured:
    if isinstance(history, CallHistory) and now - history.since < timedelta(days=IDLE_DAYS):
        return Unmeasured(
            reason=f"Azure Monitor answered for less than {IDLE_DAYS} days, from {history.since:%Y-%m-%d} on"
        )
    return history


def _correct_date(idleness: Idleness, sku: str, *, created_at: datetime, history: CallHistory | Unmeasured) -> Idleness:
    """DeveloperTier ends by itself; and what was called before the window nobody knows, only that it is idle since."""
    if find_sku(sku) is Sku.DEVELOPER_TIER:
        deletable = created_at + _DEVELOPER_LIFETIME
    elif isinstance(history, CallHistory) and history.last_call_at is None and created_at < history.since:
        deletable = history.since + timedelta(days=IDLE_DAYS)
    else:
        return idleness
    return replace(idleness, deletable_from=deletable.astimezone(UTC).date())


def _say_absent(account: AccountId, deployment: str, reason: str) -> Sighting:
    return Sighting(account=account, deployment=deployment, is_wanted=True, is_absent=True, reason=reason)
