"""What needs no program: a refresh makes what is recorded what is there; an import takes in what nobody manages yet.

A refresh also settles creates that a killed update began: they are taken in or forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from ftdeploy.rehearsal.engine.failures import EngineError, Refusal, Stopped
from ftdeploy.rehearsal.engine.launch import Launch
from ftdeploy.rehearsal.engine.operation import Operation
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.provider import take_outcome
from ftdeploy.rehearsal.engine.registry import Registry
from ftdeploy.rehearsal.engine.resource import ROOT_TYPE, Resource, tell_time
from ftdeploy.rehearsal.engine.snapshot import Snapshot
from ftdeploy.rehearsal.engine.step import Diff, Step

_HONOURED = {"type", "name", "logicalName", "id", "parent", "provider", "version"}
"""Of an import; the version is that of the provider, which is recorded."""


def run_without_program(launch: Launch, operation: Operation, snapshot: Snapshot) -> bool:
    """Refresh, or import what the operation names; whether all went well."""
    events, gate = operation.events, operation.gate
    events.begin(launch.order.project.config, is_preview=False)
    registry = Registry(launch)
    phase = Phase(order=launch.order, events=events, snapshot=snapshot, registry=registry, gate=gate)
    try:
        if operation.import_file is None:
            _refresh_all(phase, operation)
        else:
            _import_all(phase, json.loads(operation.import_file.read_text(encoding="utf-8")))
    except EngineError as error:
        events.tell(str(error), severity="error", urn=error.urn)
        gate.fail()
    except Stopped:
        pass
    finally:
        registry.close()
    if not gate.is_open:
        events.tell(f"update {gate.result}", severity="error")
    events.end(gate.result, {})
    return gate.is_open


def _refresh_all(phase: Phase, operation: Operation) -> None:
    _settle_pending(phase, operation)
    with ThreadPoolExecutor(max_workers=phase.order.parallel) as pool:
        list(pool.map(lambda each: _refresh(phase, each), phase.before))
    _forget_missing(phase)


def _import_all(phase: Phase, document: Mapping[str, Any]) -> None:
    """Take in what a file of Pulumi's names, in its order, parents first.

    `{"nameTable": {"p": "urn:…"}, "resources": [{"type": …, "name": "a", "id": …, "parent": …, "provider": "p"}]}`,
    where parents and providers are named as in the table or earlier in the list.
    """
    phase.events.changes["same"] += len(phase.before)
    root = next((urn for urn, each in phase.olds.items() if each.type == ROOT_TYPE), None)
    urns = {**document.get("nameTable", {}), None: root}
    for data in document["resources"]:
        new = _parse_import(phase, data, urns)
        urns[data["name"]] = new.urn
        old = phase.olds.get(new.urn)
        if old is None:
            _import(phase, new)
        elif old.id != new.id:
            raise EngineError(f"resource '{new.urn}' already exists", new.urn)


def _parse_import(phase: Phase, data: Mapping[str, Any], urns: Mapping[str | None, str | None]) -> Resource:
    name, parent = data.get("logicalName", data["name"]), urns.get(data.get("parent"))
    provider = phase.olds.get(urns.get(data.get("provider", ""), None) or "")
    unknown = sorted(data.keys() - _HONOURED)
    if unknown:
        raise Refusal(f"`{unknown[0]}` of imports, which {name} sets")
    if parent is None or provider is None:
        raise Refusal(f"imports whose parent or provider is not recorded before them, as that of {name}")
    urn, reference = phase.order.make_urn(parent, data["type"], name), f"{provider.urn}::{provider.id}"
    about = {"id": data["id"], "type": data["type"], "parent": parent, "provider": reference}
    return Resource(urn=urn, custom=True, protect=True, **about)


def _settle_pending(phase: Phase, operation: Operation) -> None:
    imports = operation.imports
    for key, kind, each in phase.snapshot.list_pending():
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
        inputs = phase.get_provider(new.provider).take_in(new)
        new.inputs = new.inputs or inputs
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
    take_outcome(new, outcome)
    new.inputs = old.inputs if outcome.inputs is None else outcome.inputs
    if (old.inputs, old.outputs) == (new.inputs, new.outputs):
        new.modified = old.modified
    phase.snapshot.save(new)
    diff = provider.diff(new, old.inputs)
    step.diff = Diff(changes=diff.changes)
    return "update" if diff.has_changes else "same"


def _forget_missing(phase: Phase) -> None:
    """Let nothing refer to what is gone."""
    gone = set(phase.deleted)
    parents = {each.urn: each.parent for each in phase.before}
    for each in phase.snapshot.list_before():
        if gone.isdisjoint(each.list_dependencies()):
            continue
        while each.parent in gone:
            each.parent = parents[each.parent]
        lists = each.property_dependencies.items()
        each.property_dependencies = {key: [urn for urn in urns if urn not in gone] for key, urns in lists}
        each.dependencies = [urn for urn in each.dependencies if urn not in gone]
        phase.snapshot.save(each)
