"""What an emulator consists of at run time: state, clock, operations, tokens, switches, settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ftdeploy.rehearsal.azure.activity import ActivityLog
from ftdeploy.rehearsal.azure.agenda import Agenda
from ftdeploy.rehearsal.azure.behaviours import Switches
from ftdeploy.rehearsal.azure.clock import Clock
from ftdeploy.rehearsal.azure.cognitiveservices.deleted import DeletedAccounts
from ftdeploy.rehearsal.azure.faults import Faults
from ftdeploy.rehearsal.azure.operations import Operations
from ftdeploy.rehearsal.azure.resources import Resources
from ftdeploy.rehearsal.azure.settings import Settings
from ftdeploy.rehearsal.azure.signing import SigningKey
from ftdeploy.rehearsal.azure.store import Store
from ftdeploy.rehearsal.azure.tokens import Tokens
from ftdeploy.rehearsal.azure.traffic import TrafficLog

_AHEAD = "clockAheadSeconds"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything a handler may ask; one for each emulator."""

    store: Store
    clock: Clock
    resources: Resources
    operations: Operations
    deleted: DeletedAccounts
    tokens: Tokens
    switches: Switches
    settings: Settings
    agenda: Agenda
    faults: Faults
    traffic: TrafficLog
    activity: ActivityLog
    identity_header: str
    """What a workload must send to the managed identity endpoint."""

    def find_tenant_of(self, subscription: str) -> str | None:
        """The tenant of a subscription; None when there is no such subscription."""
        row = self.store.find_row("SELECT tenant FROM subscriptions WHERE id = ?", subscription.lower())
        return None if row is None else str(row["tenant"])

    def move_clock(self, seconds: float) -> None:
        """Move the clock ahead; what comes due meanwhile is `due.settle`'s to do."""
        self.clock.ahead_seconds += seconds
        self.store.keep_setting(_AHEAD, str(self.clock.ahead_seconds))


def open_world(path: Path, *, without: Iterable[str] = (), identity_header: str = "") -> World:
    """The emulator's state in `path`, as it was left or new.

    Raises:
        UnknownBehaviour: `without` names one that cannot be switched off.
    """
    switches = Switches(without)
    store = Store(path)
    clock = Clock(float(store.find_setting(_AHEAD) or 0.0))
    resources = Resources(store)
    settings = Settings(store, clock)
    agenda = Agenda(store, clock)
    deleted = DeletedAccounts(store, clock, resources, settings=settings, agenda=agenda, switches=switches)
    return World(
        store=store,
        clock=clock,
        resources=resources,
        operations=Operations(store, clock, resources, settings=settings, agenda=agenda, remove=deleted.remove),
        deleted=deleted,
        tokens=Tokens(SigningKey(store), clock),
        switches=switches,
        settings=settings,
        agenda=agenda,
        faults=Faults(store),
        traffic=TrafficLog(store),
        activity=ActivityLog(store, clock),
        identity_header=identity_header,
    )
