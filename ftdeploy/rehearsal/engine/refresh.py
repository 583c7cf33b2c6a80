"""Refresh: what is recorded becomes what is there; creates that a killed update began are taken in or forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from ftdeploy.rehearsal.engine.failures import EngineError
from ftdeploy.rehearsal.engine.launch import Launch
from ftdeploy.rehearsal.engine.operations import Operation
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.provider import Diff
from ftdeploy.rehearsal.engine.registry import Registry
from ftdeploy.rehearsal.engine.resource import Resource, tell_time
from ftdeploy.rehearsal.engine.snapshot import Snapshot
from ftdeploy.rehearsal.engine.steps import Step


def refresh_all(launch: Launch, operation: Operation, snapshot: Snapshot) -> bool:
    """Read everything; whether all went well."""
    events, gate = operation.events, operation.gate
    events.begin(launch.order.project.config, is_preview=False)
    registry = Registry(launch)
    phase = Phase(order=launch.order, events=events, snapshot=snapshot, registry=registry, gate=gate)
    try:
        _settle_pending(phase, operation)
        with ThreadPoolExecutor(max_workers=launch.order.parallel) as pool:
            list(pool.map(lambda each: _refresh(phase, each), phase.before))
        _forget_missing(phase)
    finally:
        registry.close()
    if not gate.is_open:
        events.tell(f"update {gate.result}", severity="error")
    events.end(gate.result, {})
    return gate.is_open


def _settle_pending(phase: Phase, operation: Operation) -> None:
    imports = operation.imports
    pending = phase.snapshot.list_pending()
    unknown = imports.keys() - {each.urn for _, kind, each in pending if kind == "creating"}
    for urn in sorted(unknown):
        phase.events.tell(f'"{urn}" did not correspond to a pending create', severity="warning")
    for key, kind, each in pending:
        is_create = kind == "creating"
        if is_create and each.urn in imports:
            _import(phase, replace(each, id=imports[each.urn]))
        if not is_create or operation.is_clearing or each.urn in imports:
            phase.snapshot.end(key)


def _import(phase: Phase, new: Resource) -> None:
    """Take in what a create left that nobody saw the end of."""
    step = Step(op="import", new=new)
    with phase.gate.pass_through():
        phase.events.tell_begin(step)
        outcome = phase.get_provider(new.provider).read(new, {})
        if not outcome.id:
            raise EngineError(f"resource '{new.id}' does not exist", new.urn)
        new.id, new.outputs, new.init_errors = outcome.id, outcome.outputs, list(outcome.reasons)
        new.created = new.modified = tell_time()
        phase.snapshot.add_found(new)
        phase.events.changes["import"] += 1
        phase.events.tell_end(step, "import")


def _refresh(phase: Phase, old: Resource) -> None:
    if not phase.gate.is_open:
        return
    new = replace(old)
    step = Step(op="refresh", old=old, new=new)
    with phase.gate.pass_through():
        phase.events.tell_begin(step)
        try:
            result = _read(phase, step, old, new)
        except EngineError as failure:
            phase.events.tell(str(failure), severity="error", urn=old.urn)
            phase.events.tell_failure(step, is_partial=False)
            phase.gate.fail()
            return
        phase.events.changes[result] += 1
        phase.events.tell_end(step, result)


def _read(phase: Phase, step: Step, old: Resource, new: Resource) -> str:
    """Read one resource into the state; what came of it: `same`, `update` or `delete`."""
    if not old.is_managed or old.pending_replacement:
        return "same"
    provider = phase.get_provider(old.provider)
    outcome = provider.read(old, old.outputs)
    if not outcome.id:
        phase.deleted[old.urn] = []
        phase.snapshot.drop(old)
        return "delete"
    if outcome.reasons:
        text = "Refreshed resource is in an unhealthy state:\n* " + "\n* ".join(outcome.reasons)
        phase.events.tell(text, severity="warning", urn=old.urn)
    new.id, new.outputs, new.init_errors = outcome.id, outcome.outputs, list(outcome.reasons)
    new.inputs = old.inputs if outcome.inputs is None else outcome.inputs
    if (old.inputs, old.outputs) != (new.inputs, new.outputs):
        new.modified = tell_time()
    phase.snapshot.save(new)
    diff = provider.diff(new, old.inputs)
    step.diff = Diff(changes=diff.changes)
    return "update" if diff.has_changes else "same"


def _forget_missing(phase: Phase) -> None:
    """Let nothing refer to what is gone."""
    gone = set(phase.deleted)
    left = phase.snapshot.list_before() if gone else []
    parents = {each.urn: each.parent for each in phase.before}
    for each in left:
        if gone.isdisjoint(each.list_dependencies()):
            continue
        while each.parent in gone:
            each.parent = parents[each.parent]
        each.dependencies = _keep(each.dependencies, gone)
        each.property_dependencies = {key: _keep(urns, gone) for key, urns in each.property_dependencies.items()}
        phase.snapshot.save(each)


def _keep(urns: Iterable[str], gone: set[str]) -> list[str]:
    return [urn for urn in urns if urn not in gone]
