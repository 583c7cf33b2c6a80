"""Takes steps: tells events, snapshot and provider alike."""

from __future__ import annotations

import functools
import uuid
from dataclasses import replace

from ftdeploy.rehearsal.engine.failures import EngineError, Stopped
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.provider import Outcome, ProviderFailure, take_outcome
from ftdeploy.rehearsal.engine.resource import Resource, tell_time
from ftdeploy.rehearsal.engine.step import Step, differs
from ftdeploy.rehearsal.engine.values import UNKNOWN

_PENDING = {"create": "creating", "update": "updating", "delete": "deleting"}
"""First word of a step to what its unfinished operation is called."""


class Steps:
    """Takes steps."""

    def __init__(self, phase: Phase) -> None:
        self._phase = phase

    def take(self, step: Step) -> None:
        """Take a step, whatever it needs; failures are told.

        Raises:
            Stopped: it failed, or nothing new may begin.
        """
        with self._phase.gate.pass_through():
            self._phase.events.tell_begin(step)
            operation = self._begin(step)
            try:
                self._apply(step)
            except EngineError as failure:
                self._fail(step, operation, failure)
                raise Stopped from None
            self._end(step, operation)

    def _begin(self, step: Step) -> int | None:
        kind = _PENDING.get(step.op.partition("-")[0])
        if self._phase.is_preview or kind is None or not step.resource.is_managed:
            return None
        return self._phase.snapshot.begin(kind, replace(step.resource))

    def _apply(self, step: Step) -> None:
        old, new, operation = step.old, step.new, step.op.partition("-")[0]
        if new is None:
            self._delete(step)
        elif operation in {"create", "update"}:
            self._make(step, operation)
        elif step.op == "same" and old is not None and not step.is_skipped:
            new.id, new.outputs = old.id, old.outputs
            if new.is_provider:
                self._phase.registry.configure(new, old.id)

    def _make(self, step: Step, operation: str) -> None:
        """Create or update; what a partial failure left is recorded before it is raised."""
        old, new = step.old, step.resource
        if operation == "update" and old is not None:
            new.id, new.outputs = old.id, old.outputs
        if operation == "create":
            new.created = new.modified = tell_time()
        try:
            if new.custom:
                send = functools.partial(self._send, operation, old, new)
                take_outcome(new, self._phase.hooks.attempt(send, operation, new, old))
        except ProviderFailure as failure:
            if failure.partial is not None:
                take_outcome(new, failure.partial)
                new.inputs = old.inputs if operation == "update" and old is not None else new.inputs
            raise

    def _send(self, operation: str, old: Resource | None, new: Resource) -> Outcome:
        phase = self._phase
        if new.is_provider:
            identity = new.id or (UNKNOWN if phase.is_preview else str(uuid.uuid4()))
            return phase.registry.configure(new, identity)
        provider = phase.get_provider(new.provider)
        if operation == "create" or old is None:
            return provider.create(new, is_preview=phase.is_preview)
        return provider.update(old, new, is_preview=phase.is_preview)

    def _delete(self, step: Step) -> None:
        old, phase = step.resource, self._phase
        if old.is_managed and not phase.is_preview and step.op != "remove-pending-replace":
            phase.hooks.attempt(lambda: phase.get_provider(old.provider).delete(old), "delete", old, old)
        old.pending_replacement = step.op == "delete-replaced"

    def _fail(self, step: Step, operation: int | None, failure: EngineError) -> None:
        phase = self._phase
        is_partial = isinstance(failure, ProviderFailure) and failure.partial is not None
        phase.events.tell(f"{phase.prefix}{failure}", severity="error", urn=step.urn)
        if not phase.is_preview:
            phase.events.tell_failure(step, is_partial=is_partial)
            self._save(step, operation, is_made=is_partial)
        phase.gate.fail()

    def _end(self, step: Step, operation: int | None) -> None:
        phase, old, new = self._phase, step.old, step.new
        if new is not None and step.is_logical:
            phase.registered[step.urn] = step
        if new is not None and not step.is_skipped:
            phase.news[step.urn] = new
        if not phase.is_preview:
            self._save(step, operation, is_made=not step.is_skipped and step.op != "replace")
        if step.is_logical:
            phase.events.changes[step.op] += 1
        if step.op != "same" or old is None or new is None or differs(old, new):
            phase.has_changes |= not step.is_skipped
        if phase.is_preview or step.resource.custom or step.op == "delete":
            phase.events.tell_end(step, step.op)

    def _save(self, step: Step, operation: int | None, *, is_made: bool) -> None:
        """Record a step; what was not made, or was refused, changes nothing but the operation."""
        snapshot, old, new = self._phase.snapshot, step.old, step.new
        if is_made and old is not None:
            (snapshot.save if new is None and old.pending_replacement else snapshot.drop)(old)
        if is_made and new is not None:
            snapshot.add(new)
        if operation is not None:
            snapshot.end(operation)
