"""Many accounts: operations a second, and how the time an operation takes grows from 1 to 10 to 100 accounts.

Two parts. The first is the day that people fear: 10 accounts, as many deployments as Azure's limits allow and then as
many as an account can hold, from 3 stacks at once, each operation lasting 1 s; nothing may be lost and nobody may see a
conflict. The second has operations that take no time, so that what is measured is ours: engine, plugin, pretend Azure.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journey.estate import Estate
from tests.journey.repository import Repository

DEFAULT_LIMIT, RAISED_LIMIT = 10, 32
"""Fine-tuned deployments in an account: Azure's default, and all that an account takes."""


def main() -> None:
    """Print what both parts measured; fails when a deployment is missing or a conflict was met."""
    for deployments in (DEFAULT_LIMIT, RAISED_LIMIT):
        _measure_slow(Estate(accounts=10, deployments_per_account=deployments, stacks=3))
    base = 0.0
    for accounts in (1, 10, 100):
        milliseconds = _measure_quick(Estate(accounts=accounts, deployments_per_account=10))
        base = base or milliseconds
        print(f"  {milliseconds:.0f} ms an operation, ratio to 1 account: {milliseconds / base:.2f}")


def _measure_slow(estate: Estate) -> None:
    with _open(estate, operationSeconds=1) as repository:
        began = time.perf_counter()
        started = [repository.start("up", name, "--engine", "embedded") for name in estate.stack_names]
        told = [each.communicate()[0] for each in started]
        seconds = time.perf_counter() - began
        _check(estate, repository, [each.returncode for each in started], told)
    print(f"{_describe(estate)}, operations of 1 s: {seconds:.0f} s, {estate.deployments / seconds:.1f} deployments/s")


def _measure_quick(estate: Estate) -> float:
    """Milliseconds for each resource that was made."""
    # Azure's throttling would be all that is measured: 10 writes a second.
    free = dict.fromkeys(("armReads", "armWrites", "armDeletes"), 1_000_000)
    with _open(estate, operationSeconds=0, **free) as repository:
        began = time.perf_counter()
        done = repository.start("up", *estate.stack_names, "--engine", "embedded")
        told = [done.communicate()[0]]
        seconds = time.perf_counter() - began
        _check(estate, repository, [done.returncode], told)
    operations = estate.deployments + 2 * estate.accounts
    print(f"{_describe(estate)}, operations of 0 s: {seconds:.1f} s, {operations / seconds:.0f} operations/s")
    return seconds / operations * 1000


@contextmanager
def _open(estate: Estate, **settings: float) -> Iterator[Repository]:
    limits = {"accountsPerRegion": 1000, "fineTunedDeploymentsPerAccount": estate.deployments_per_account}
    with tempfile.TemporaryDirectory() as folder:
        repository = estate.write(Path(folder) / "contoso", **limits, **settings)
        repository.rehearse("preview", estate.stack_names[0], "--scenario", "scenario.yaml", "--engine", "embedded")
        yield repository


def _check(estate: Estate, repository: Repository, codes: list[int], told: list[str]) -> None:
    if any(codes):
        sys.exit("\n".join(told))
    missing = set(estate.list_ids()) - repository.made()
    refused = [each for each in repository.ask("requests?after=0")["requests"] if each["status"] in (409, 429)]
    if missing or refused:
        sys.exit(f"{len(missing)} deployments missing, {len(refused)} requests refused with 409 or 429")


def _describe(estate: Estate) -> str:
    stacks = f"{estate.stacks} stack{'s' if estate.stacks > 1 else ''} at once"
    return f"{estate.accounts} accounts x {estate.deployments_per_account} deployments, {stacks}"


if __name__ == "__main__":
    main()
