"""The hook that tries refused writes again, one for the whole program."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pulumi

from ftdeploy.components.grants import Grants
from ftdeploy.components.refusals import Refusal, find_code, find_wait

HOOK_NAME = "retry-refused-writes"
"""Kept in Pulumi's state; after a rename, deletions of removed resources would not be tried again."""


@dataclass(kw_only=True)
class Retry:
    """Answers Pulumi's question whether a failed write is to be tried again, after having waited.

    It waits without blocking the program: other writes go on meanwhile.
    """

    grants: Grants
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    spread: Callable[[], float] = random.random
    tell: Callable[[str], None] = pulumi.log.info
    _began: dict[tuple[str, str], float] = field(default_factory=dict)

    async def ask(self, failure: pulumi.ErrorHookArgs) -> bool:
        """Whether to try again: True after the wait, False at once. An exception here would hide Azure's own error."""
        text = failure.errors[0] if failure.errors else ""
        wait_seconds = find_wait(self._describe(failure, text), spread=self.spread())
        if wait_seconds is None:
            return False
        self.tell(
            f"{failure.name}: refused ({find_code(text) or 'too many requests'}), next try in {wait_seconds:.0f} s"
        )
        await self.sleep(wait_seconds)
        return True

    def _describe(self, failure: pulumi.ErrorHookArgs, text: str) -> Refusal:
        write, tries, now = (failure.urn, failure.failed_operation), len(failure.errors), self.clock()
        if tries <= 1:
            self._began[write] = now
        elapsed_seconds = now - self._began.setdefault(write, now)
        is_grant_new = self.grants.is_awaited(text)
        return Refusal(text=text, tries=max(tries, 1), elapsed_seconds=elapsed_seconds, is_grant_new=is_grant_new)


def make_retry_hook(grants: Grants) -> pulumi.ResourceHookBinding:
    """The hook, registered with Pulumi; once a program, because a second one of the same name is refused."""
    return pulumi.ResourceHookBinding(on_error=[pulumi.ErrorHook(HOOK_NAME, Retry(grants=grants).ask)])
