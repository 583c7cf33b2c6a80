"""The pytest plugin `ftdeploy-rehearsal`: a pretend Azure for the tests of any repository.

    def test_deployment_that_nobody_calls_goes(pretend_azure, clock):
        ...                       # real Azure clients; DefaultAzureCredential() is the scenario's first identity
        clock.advance(days=16)
        ...

`rehearsal_scenario` is a fixture to override: the path of a scenario file, or None for the reference scenario.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ftdeploy.present import VARIABLE

if TYPE_CHECKING:
    from ftdeploy.rehearsal.world import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendAzure:
    """A pretend Azure of one test; the environment leads Azure's clients to it."""

    address: Address
    environment: Mapping[str, str]
    """What a program needs to meet it, credentials included."""

    @property
    def url(self) -> str:
        """`https://127.0.0.1:<port>`: Resource Manager, sign-in, metrics and model endpoints."""
        return self.address.url

    @property
    def ca(self) -> str:
        """Path of the certificate authority to trust, PEM."""
        return self.address.ca

    def ask(self, path: str, body: object = None, *, method: str = "") -> Any:  # noqa: ANN401 JSON
        """What it says of itself: `ask("requests?after=0")`, `ask("settings", {"operationSeconds": 1})`."""
        from ftdeploy.rehearsal.pretend_azure import ask_pretend_azure

        return ask_pretend_azure(self.address, path, body, method=method)


@dataclass(frozen=True, slots=True)
class RehearsalClock:
    """The pretend Azure's clock; what a test starts once it was moved, `ftdeploy` above all, is told it."""

    azure: PretendAzure
    monkeypatch: pytest.MonkeyPatch

    def now(self) -> datetime:
        """What time it is there."""
        return datetime.fromisoformat(self.azure.ask("clock")["now"])

    def set(self, moment: datetime) -> list[dict[str, str]]:
        """Move it to a moment to come; gives what came due: `[{"at", "resource", "operation", "reason"}]`."""
        return self._move({"now": moment.isoformat()})

    def advance(self, *, days: float = 0.0, hours: float = 0.0, seconds: float = 0.0) -> list[dict[str, str]]:
        """Move it on; gives what came due."""
        far = timedelta(days=days, hours=hours, seconds=seconds)
        return self._move({"advanceSeconds": far.total_seconds()})

    def _move(self, how: dict[str, object]) -> list[dict[str, str]]:
        moved = self.azure.ask("clock", how)
        self.monkeypatch.setenv(VARIABLE, moved["now"])
        return list(moved["happened"])


@dataclass(frozen=True, slots=True)
class RehearsalFaults:
    """Calls that go wrong."""

    azure: PretendAzure

    def add(self, kind: str, route: str = "", **rest: object) -> dict[str, Any]:
        """Let calls of a route go wrong: `faults.add("429", "PUT */deployments/*", count=2)`."""
        return dict(self.azure.ask("faults", {"kind": kind, "route": route, **rest}))

    def list(self) -> list[dict[str, Any]]:
        """Every fault, how many calls it met and how many it struck."""
        return list(self.azure.ask("faults")["faults"])

    def clear(self) -> None:
        """Forget them all."""
        self.azure.ask("faults", method="DELETE")


@pytest.fixture
def rehearsal_scenario() -> Path | None:
    """What exists beforehand; override it to name a file."""
    return None


@pytest.fixture
def pretend_azure(
    tmp_path_factory: pytest.TempPathFactory, rehearsal_scenario: Path | None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PretendAzure]:
    """A pretend Azure of the test's own; `os.environ` leads Azure's clients to it."""
    from ftdeploy.rehearsal.environment import get_guest_environment
    from ftdeploy.rehearsal.pretend_azure import wait_for_pretend_azure
    from ftdeploy.rehearsal.session import begin_scenario
    from ftdeploy.rehearsal.world import World

    root = tmp_path_factory.mktemp("rehearsal")
    world = World(root=root, folder=root / ".rehearsal")
    with world.use():
        scenario = begin_scenario(world, rehearsal_scenario)
        address = wait_for_pretend_azure(world)
        environment = get_guest_environment(world, address, scenario)
        for name in set(os.environ) - set(environment):
            monkeypatch.delenv(name)
        for name in [name for name, value in environment.items() if os.environ.get(name) != value]:
            monkeypatch.setenv(name, environment[name])
        yield PretendAzure(address=address, environment=environment)


@pytest.fixture
def clock(pretend_azure: PretendAzure, monkeypatch: pytest.MonkeyPatch) -> RehearsalClock:
    """The pretend Azure's clock."""
    return RehearsalClock(pretend_azure, monkeypatch)


@pytest.fixture
def faults(pretend_azure: PretendAzure) -> RehearsalFaults:
    """The pretend Azure's faults."""
    return RehearsalFaults(pretend_azure)
