"""What all parts of one run of the program share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ftdeploy.rehearsal.engine.events import Events
from ftdeploy.rehearsal.engine.failures import EngineError
from ftdeploy.rehearsal.engine.gate import Gate
from ftdeploy.rehearsal.engine.hooks import Hooks
from ftdeploy.rehearsal.engine.launch import Order
from ftdeploy.rehearsal.engine.policy import Pack
from ftdeploy.rehearsal.engine.provider import Provider
from ftdeploy.rehearsal.engine.registry import Registry
from ftdeploy.rehearsal.engine.resource import Properties, Resource, split_reference
from ftdeploy.rehearsal.engine.snapshot import Snapshot
from ftdeploy.rehearsal.engine.step import Step


@dataclass(kw_only=True)
class Phase:
    """A preview, an update or a destroy while its program runs."""

    order: Order
    events: Events
    snapshot: Snapshot
    registry: Registry
    gate: Gate
    hooks: Hooks = field(init=False)
    packs: list[Pack] = field(default_factory=list)
    before: list[Resource] = field(default_factory=list)
    """Everything that was recorded, in order."""
    olds: dict[str, Resource] = field(default_factory=dict)
    """The same by URN."""
    news: dict[str, Resource] = field(default_factory=dict)
    """What this run registered, by URN."""
    aliased: dict[str, str] = field(default_factory=dict)
    """Former URN to the present one, of what was found by an alias."""
    operated: set[str] = field(default_factory=set)
    """URNs that a step was made for in this run."""
    deleted: dict[str, list[str]] = field(default_factory=dict)
    """What was deleted because it depends on what is deleted first; with the inputs that are to blame."""
    to_delete: list[Resource] = field(default_factory=list)
    """What a destroy registered, to be deleted in the end."""
    skipped: set[str] = field(default_factory=set)
    registered: dict[str, Step] = field(default_factory=dict)
    """The last step of each URN, until its outputs are registered."""
    stack_outputs: tuple[str, Properties] | None = None
    """The root's URN and outputs, kept until it is known how the run ends."""
    has_violations: bool = False
    """Whether a mandatory policy was violated."""
    has_changes: bool = False
    """Whether the state would not be the same afterwards."""

    def __post_init__(self) -> None:
        """Take what was recorded."""
        self.hooks = Hooks(self.events)
        self.before = self.snapshot.list_before()
        self.olds = {each.urn: each for each in self.before}

    @property
    def is_preview(self) -> bool:
        """Whether nothing may be changed."""
        return self.order.is_preview

    @property
    def prefix(self) -> str:
        """What Pulumi writes before a step's error."""
        return "Preview failed: " if self.is_preview else ""

    def tell_violations(self, found: Iterable[Mapping[str, str]]) -> bool:
        """Tell what policy packs found; whether something mandatory is among it."""
        is_refused = False
        for violation in found:
            self.events.tell_policy(violation)
            is_refused |= violation["enforcementLevel"] == "mandatory"
        self.has_violations |= is_refused
        return is_refused

    def find_provider_resource(self, reference: str) -> Resource | None:
        """The state of a reference's provider: registered in this run, or recorded."""
        urn, identity = split_reference(reference)
        found = (self.news.get(self.aliased.get(urn, urn)), self.olds.get(urn))
        return next((each for each in found if each is not None and each.id == identity), None)

    def get_provider(self, reference: str) -> Provider:
        """The provider of a reference, started when only the state knows it.

        Raises:
            EngineError: nobody knows it.
        """
        found = self.find_provider_resource(reference)
        if found is None:
            raise EngineError(f"unknown provider '{reference}'")
        return self.registry.get(found)
