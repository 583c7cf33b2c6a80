"""One command's part in a rehearsal: its world, the pretend Azure it meets, the engine it runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ftdeploy.errors import refuse
from ftdeploy.rehearsal.engines import Engine, EngineChoice, find_engine
from ftdeploy.rehearsal.pretend_azure import ask_pretend_azure, start_pretend_azure, wait_for_pretend_azure
from ftdeploy.rehearsal.scenarios.load import Scenario, load_scenario, read_scenario
from ftdeploy.rehearsal.world import Address, World, find_world


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line says of the rehearsal itself."""

    directory: Path = Path()
    world: Path | None = None
    engine: EngineChoice = EngineChoice.AUTO
    scenario: Path | None = None
    operation_seconds: float | None = None
    """How long a long-running operation of the pretend Azure takes; None leaves it as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A rehearsal that this process takes part in."""

    world: World
    scenario: Scenario
    engine: Engine
    address: Address

    @property
    def project(self) -> str:
        """The project's name, as Pulumi.yaml says it."""
        import yaml  # not every command needs it, and none should wait for it in vain

        document = yaml.load((self.world.root / "Pulumi.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return str(document["name"])


@contextmanager
def join_session(wishes: Wishes) -> Iterator[Session]:
    """Take part in a rehearsal; the first to come starts the pretend Azure, the last to leave ends it.

    The pretend Azure may still be starting: its address is known from its first start on, and whoever speaks to it
    waits for it.

    Raises:
        InputError: no repository here, a scenario that cannot be read, or an engine that is not there.
        ServiceRefused: the pretend Azure does not start.
    """
    world = find_world(wishes.directory, wishes.world)
    engine = find_engine(wishes.engine)
    with world.use():
        scenario = begin_scenario(world, wishes.scenario)
        start_pretend_azure(world)
        address = world.find_address() or wait_for_pretend_azure(world)
        if wishes.operation_seconds is not None:
            wait_for_pretend_azure(world)
            ask_pretend_azure(address, "settings", {"operationSeconds": wishes.operation_seconds})
        yield Session(world=world, scenario=scenario, engine=engine, address=address)


def begin_scenario(world: World, path: Path | None) -> Scenario:
    """The scenario that a world began with; a new world begins with the file's, or with the reference scenario.

    Raises:
        InputError: the scenario cannot be read, or the world began with another.
    """
    if not world.scenario.exists():
        scenario = load_scenario(path)
        draft = world.scenario.with_suffix(".draft")
        draft.write_text(json.dumps(scenario.data), encoding="utf-8")
        draft.replace(world.scenario)
        return scenario
    begun = read_scenario(world.scenario)
    if path is not None and load_scenario(path).data != begun.data:
        raise refuse(
            "this rehearsal began with another scenario",
            where=f"--scenario {path}",
            fix="run `rehearse reset` to begin anew with it",
        )
    return begun
