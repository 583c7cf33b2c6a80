"""Steps: what is done to one resource, told to events, snapshot and provider alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ftdeploy.rehearsal.engine.failures import EngineError, Stopped
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.provider import Diff, Outcome, ProviderFailure
from ftdeploy.rehearsal.engine.resource import ROOT_TYPE, Resource, tell_time
from ftdeploy.rehearsal.engine.values import UNKNOWN

_PENDING = {
    "create": "creating",
    "create-replacement": "creating",
    "update": "updating",
    "delete": "deleting",
    "delete-replaced": "deleting",
    "read": "reading",
}
"""Step to what its unfinished operation is called."""
_REPLACING = {"create-replacement", "delete-replaced", "replace", "discard-replaced", "read-replacement"}
_PHYSICAL = (_REPLACING - {"replace"}) | {"refresh", "remove-pending-replace"}


@dataclass(slots=True, kw_only=True, eq=False)
class Step:
    """One step; `op` is Pulumi's word for it."""

    op: str
    old: Resource | None = None
    new: Resource | None = None
    diff: Diff = field(default_factory=Diff)
    is_old_kept: bool = False
    """Whether the replaced resource lives on until the end of the update."""
    is_old_awaited: bool = False
    """Whether the deleted resource is about to be created anew."""
    is_skipped: bool = False
    """Whether a destroy met something that was never made."""

    @property
    def resource(self) -> Resource:
        """The state that it is about."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 every step has one
        return found

    @property
    def urn(self) -> str:
        """The URN that it is about."""
        return self.resource.urn

    @property
    def type(self) -> str:
        """The type token that it is about."""
        return self.resource.type

    @property
    def provider(self) -> str:
        """The reference of the provider that takes it."""
        return self.resource.provider

    @property
    def keys(self) -> list[str]:
        """Inputs that make it a replacement."""
        return self.diff.replaces if self.op in {"replace", "create-replacement"} else []

    @property
    def diffs(self) -> list[str]:
        """Inputs that differ."""
        return self.diff.changes

    @property
    def is_logical(self) -> bool:
        """Whether it counts as a change of its own, not as a part of one."""
        return self.op not in _PHYSICAL

    @property
    def is_replacing(self) -> bool:
        """Whether it is a replacement or part of one."""
        return self.op in _REPLACING

    @property
    def is_root(self) -> bool:
        """Whether it is about the stack itself."""
        return self.type == ROOT_TYPE

    @property
    def is_protection_changed(self) -> bool:
        """Whether the resource is protected now and was not, or the other way round."""
        return bool(self.old and self.new and self.old.protect != self.new.protect)


class Steps:
    """Takes steps."""

    def __init__(self, phase: Phase) -> None:
        self._phase = phase

    def take(self, step: Step) -> None:
        """Take a step, whatever it needs; failures are told.

        Raises:
            Stopped: it failed, or nothing new may begin.
        """
        phase = self._phase
        with phase.gate.pass_through():
            phase.events.tell_begin(step, is_preview=phase.is_preview)
            operation = self._begin(step)
            try:
                self._apply(step)
            except EngineError as failure:
                self._fail(step, operation, failure)
                raise Stopped from None
            self._end(step, operation)

    def _begin(self, step: Step) -> int | None:
        kind = _PENDING.get(step.op)
        resource = step.resource
        if self._phase.is_preview or kind is None or not resource.custom or resource.is_provider:
            return None
        return self._phase.snapshot.begin(kind, replace(resource))

    def _apply(self, step: Step) -> None:
        appliers: dict[str, Callable[[Step], None]] = {
            "same": self._keep,
            "create": self._create,
            "create-replacement": self._create,
            "update": self._update,
            "delete": self._delete,
            "delete-replaced": self._delete,
            "read": self._read,
            "read-replacement": self._read,
        }
        if step.op in appliers:
            appliers[step.op](step)

    def _keep(self, step: Step) -> None:
        old, new = step.old, step.resource
        if step.is_skipped or old is None:
            return
        new.id, new.outputs = old.id, old.outputs
        if new.is_provider:
            self._phase.registry.keep(old, new.urn)

    def _create(self, step: Step) -> None:
        new, phase = step.resource, self._phase
        if new.custom:
            outcome = self._make(step, "create", lambda: self._send_create(new))
            new.id, new.outputs, new.init_errors = outcome.id, outcome.outputs, list(outcome.reasons)
        new.created = new.modified = tell_time()
        if step.old is not None and step.is_old_kept:
            step.old.delete = True
            if not phase.is_preview:
                phase.snapshot.save(step.old)
        self._check_reasons(new)

    def _send_create(self, new: Resource) -> Outcome:
        phase = self._phase
        if new.is_provider:
            return phase.registry.create(new, is_preview=phase.is_preview)
        return phase.get_provider(new.provider).create(new, is_preview=phase.is_preview)

    def _update(self, step: Step) -> None:
        old, new = step.old, step.resource
        assert old is not None  # noqa: S101 an update has both
        new.id = old.id
        if new.custom:
            outcome = self._make(step, "update", lambda: self._send_update(old, new))
            new.outputs, new.init_errors, new.modified = outcome.outputs, list(outcome.reasons), tell_time()
        else:
            new.outputs = old.outputs
        if new.init_errors:
            new.inputs = old.inputs
        self._check_reasons(new)

    def _send_update(self, old: Resource, new: Resource) -> Outcome:
        phase = self._phase
        if new.is_provider:
            return phase.registry.update(old, new)
        return phase.get_provider(new.provider).update(old, new, is_preview=phase.is_preview)

    def _make(self, step: Step, operation: str, act: Callable[[], Outcome]) -> Outcome:
        """What a create or update left, a partial failure included."""
        try:
            return self._phase.hooks.attempt(act, operation, step.resource, step.old)
        except ProviderFailure as failure:
            if failure.partial is None:
                raise
            return failure.partial

    @staticmethod
    def _check_reasons(new: Resource) -> None:
        if new.init_errors:
            count = "1 error" if len(new.init_errors) == 1 else f"{len(new.init_errors)} errors"
            text = "".join(f"\t* {each}\n" for each in new.init_errors)
            raise ProviderFailure(f"{count} occurred:\n{text}\n", Outcome(reasons=new.init_errors))

    def _delete(self, step: Step) -> None:
        old, phase = step.resource, self._phase
        is_gone_with_other = old.deleted_with in phase.doomed
        is_left = phase.is_preview or old.external or old.retain_on_delete or is_gone_with_other
        if old.custom and not (old.is_provider or is_left):
            phase.hooks.attempt(lambda: phase.get_provider(old.provider).delete(old), "delete", old, old)
        old.pending_replacement = step.is_old_awaited

    def _read(self, step: Step) -> None:
        new, old = step.resource, step.old
        if new.id == UNKNOWN:
            return
        outcome = self._phase.get_provider(new.provider).read(new, new.inputs)
        if not outcome.id:
            raise ProviderFailure(f"resource '{new.id}' does not exist")
        new.id, new.outputs, new.init_errors = outcome.id, outcome.outputs, list(outcome.reasons)
        if old is not None:
            new.created, new.modified = old.created, old.modified
            old.delete = step.is_old_kept
        self._check_reasons(new)

    def _fail(self, step: Step, operation: int | None, failure: EngineError) -> None:
        phase = self._phase
        is_partial = isinstance(failure, ProviderFailure) and failure.partial is not None
        prefix = "Preview failed: " if phase.is_preview else ""
        phase.events.tell(f"{prefix}{failure}", severity="error", urn=step.urn)
        if not phase.is_preview:
            phase.events.tell_failure(step, is_partial=is_partial)
            if is_partial:
                self._save(step)
            if operation is not None:
                phase.snapshot.end(operation)
        phase.gate.fail()

    def _end(self, step: Step, operation: int | None) -> None:
        phase = self._phase
        if step.new is not None and step.is_logical:
            phase.registered[step.urn] = step
        if step.new is not None and not step.is_skipped:
            phase.news[step.urn] = step.new
        if not phase.is_preview:
            self._save(step)
            if operation is not None:
                phase.snapshot.end(operation)
        self._count(step)
        if phase.is_preview or step.resource.custom or step.op == "delete":
            phase.events.tell_end(step, step.op, is_preview=phase.is_preview)

    def _count(self, step: Step) -> None:
        old, new = step.old, step.new
        is_read_alike = step.op == "read" and (old is None or new is None or old.outputs == new.outputs)
        if step.is_logical and not is_read_alike and not step.resource.is_default_provider:
            self._phase.events.changes[step.op] += 1
        if step.op not in {"same", "read"} or old is None or new is None or differs(old, new):
            self._phase.has_changes |= not step.is_skipped

    def _save(self, step: Step) -> None:
        snapshot, old, new = self._phase.snapshot, step.old, step.new
        if step.is_skipped or step.op == "replace":
            return
        if new is None:
            if old is not None:
                (snapshot.save if old.pending_replacement else snapshot.drop)(old)
            return
        if old is not None and (not step.is_old_kept or old.pending_replacement):
            snapshot.drop(old)
        snapshot.add(new)


def differs(old: Resource, new: Resource) -> bool:
    """Whether two states of a resource differ in more than times and places."""
    names = (
        *("urn", "id", "custom", "inputs", "outputs", "parent", "protect", "provider", "deleted_with", "external"),
        *("property_dependencies", "custom_timeouts", "retain_on_delete", "resource_hooks"),
    )
    is_other = any(getattr(old, name) != getattr(new, name) for name in names)
    return is_other or sorted(old.dependencies) != sorted(new.dependencies)
