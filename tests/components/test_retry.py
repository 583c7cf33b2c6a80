"""The error hook: it waits by the clock it is given, and says so."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pulumi

from ftdeploy.components.grants import Grants
from ftdeploy.components.refusals import PATIENCE_SECONDS
from ftdeploy.components.retry import Retry

BUSY = 'Status=409 Code="RequestConflict" Message="Another operation is being performed"'


@dataclass
class Clock:
    """Time that passes only by sleeping."""

    now: float = 0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def make_retry(clock: Clock, said: list[str] | None = None, spread: float = 0) -> Retry:
    tell = said.append if said is not None else lambda _: None
    return Retry(grants=Grants(), clock=lambda: clock.now, sleep=clock.sleep, spread=lambda: spread, tell=tell)


def ask(retry: Retry, *errors: str, urn: str = "urn:a", operation: str = "create") -> bool:
    failure = pulumi.ErrorHookArgs(
        urn=urn, id="", name="support.support-bot", type="t", failed_operation=operation, errors=list(errors)
    )
    return asyncio.run(retry.ask(failure))


def test_refused_write_is_tried_again_after_a_wait():
    clock, said = Clock(), []

    assert ask(make_retry(clock, said), BUSY)
    assert clock.slept == [1]
    assert said == ["support.support-bot: refused (RequestConflict), next try in 1 s"]


def test_other_failure_is_given_back_at_once():
    clock = Clock()

    assert not ask(make_retry(clock), 'Status=400 Code="InsufficientQuota" Message=""')
    assert not ask(make_retry(clock))
    assert clock.slept == []


def test_newest_error_decides():
    assert not ask(make_retry(Clock()), f"1 error occurred:\n\t* {BUSY}", BUSY)


def test_chance_spreads_writes_that_were_refused_together():
    clock = Clock()
    ask(make_retry(clock, spread=1), BUSY)

    assert clock.slept == [1.5]


def test_deadline_counts_from_the_first_refusal_of_this_write():
    clock = Clock()
    retry = make_retry(clock)

    tries = 1
    while ask(retry, *[BUSY] * tries):
        tries += 1

    assert 30 * 60 < clock.now <= PATIENCE_SECONDS
    assert ask(retry, BUSY, urn="urn:b")
    assert ask(retry, BUSY, operation="delete")


def test_many_writes_wait_at_the_same_time():
    """A wait that blocked the program would add up."""

    async def wait_twice() -> float:
        retry = Retry(grants=Grants(), sleep=lambda _: asyncio.sleep(0.2), tell=lambda _: None)
        failures = [pulumi.ErrorHookArgs(urn=urn, id="", name="", type="", errors=[BUSY]) for urn in "abcd"]
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*map(retry.ask, failures))
        return asyncio.get_running_loop().time() - began

    assert asyncio.run(wait_twice()) < 0.6
