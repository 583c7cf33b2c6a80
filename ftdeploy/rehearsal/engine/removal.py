"""The end of an update: what the program no longer asks for goes, dependents first, the rest at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from ftdeploy.rehearsal.engine.failures import Stopped
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.resource import Resource
from ftdeploy.rehearsal.engine.steps import Step, Steps


def remove_rest(phase: Phase, steps: Steps) -> None:
    """Delete what this run did not register, what was replaced, and in a destroy everything.

    Raises:
        Stopped: a delete failed, or something is protected; then nothing was deleted.
    """
    deletes = [*_list_deletes(phase), *(_make_delete(each) for each in phase.to_delete)]
    phase.doomed |= {each.urn for each in deletes}
    protected = [each for each in deletes if each.op == "delete" and each.resource.protect]
    for each in protected:
        _tell_protected(phase, each)
    if protected and not phase.is_preview:
        phase.gate.fail()
        raise Stopped
    with ThreadPoolExecutor(max_workers=phase.order.parallel) as pool:
        for layer in list_layers([each for each in deletes if each not in protected]):
            list(pool.map(steps.take, layer))
    if protected:
        phase.gate.fail()


def _list_deletes(phase: Phase) -> Iterator[Step]:
    for each in phase.before:
        if each.delete:
            yield Step(op="discard-replaced" if each.external else "delete-replaced", old=each)
        elif each.urn in phase.operated:
            continue
        elif each.pending_replacement:
            each.pending_replacement = False
            yield Step(op="remove-pending-replace", old=each)
        else:
            yield _make_delete(each)


def _make_delete(resource: Resource) -> Step:
    return Step(op="discard" if resource.external else "delete", old=resource)


def _tell_protected(phase: Phase, step: Step) -> None:
    text = (
        f'resource "{step.urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove '
        "the `protect` flag from the resource in your Pulumi program and run `pulumi up`, or use the command:\n"
        f"`pulumi state unprotect '{step.urn}'`"
    )
    prefix = "Preview failed: " if phase.is_preview else ""
    phase.events.tell_begin(step, is_preview=phase.is_preview)
    phase.events.tell(prefix + text, severity="error", urn=step.urn)


def list_layers(deletes: list[Step]) -> Iterator[list[Step]]:
    """Deletes in the order in which they may be taken; those of one layer at the same time."""
    layers: list[list[Step]] = []
    left = list(deletes)
    while left:
        urns = {each.urn for each in left}
        free = [each for each in left if urns.isdisjoint(set(each.resource.list_dependencies()) - {each.urn})]
        layers.append(free)
        left = [each for each in left if each not in free]
    return reversed(layers)
