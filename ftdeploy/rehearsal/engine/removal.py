"""What goes: dependents of what is deleted before it is replaced; in the end, what the program no longer asks for."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from ftdeploy.rehearsal.engine.failures import EngineError, Stopped
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.resource import Resource, split_reference
from ftdeploy.rehearsal.engine.step import Step
from ftdeploy.rehearsal.engine.steps import Steps
from ftdeploy.rehearsal.engine.values import UNKNOWN

UNPROTECT = "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`"


def list_dependents(phase: Phase, root: Resource) -> list[tuple[Resource, list[str]]]:
    """What must be replaced with `root`, in order of dependency, each with the inputs that are to blame.

    That is what depends on it through an input whose change its provider answers with a replacement, and what its
    provider is replaced with. Whatever this run has registered already cannot depend on it.
    """
    doomed = {root.urn}
    reached = {root.urn}
    found: list[tuple[Resource, list[str]]] = []
    for each in phase.before:
        if each.urn in phase.operated or each.urn in phase.deleted or reached.isdisjoint(each.list_dependencies()):
            continue
        reached.add(each.urn)
        keys = _find_blamed(phase, each, doomed)
        if keys is not None:
            doomed.add(each.urn)
            found.append((each, keys))
    return found


def _find_blamed(phase: Phase, resource: Resource, doomed: set[str]) -> list[str] | None:
    """The inputs that make a resource go with others; None when it can stay."""
    if not resource.custom or resource.is_provider:
        return None
    if split_reference(resource.provider)[0] in doomed:
        return []
    changing = {key for key, urns in resource.property_dependencies.items() if not doomed.isdisjoint(urns)}
    if not changing:
        return None
    inputs = {key: UNKNOWN if key in changing else value for key, value in resource.inputs.items()}
    diff = phase.get_provider(resource.provider).diff(resource, inputs)
    return diff.replaces if diff.is_replacement else None


def remove_rest(phase: Phase, steps: Steps) -> None:
    """Delete what this run did not register, and in a destroy everything.

    Raises:
        Stopped: a delete failed, or something is protected; then nothing was deleted.
    """
    unknown = sorted(phase.order.targets - phase.olds.keys() - phase.operated)
    if unknown:
        hint = "" if "$" in unknown[0] else " Did you forget to escape $ in your shell?"
        raise EngineError(f"Target '{unknown[0]}' could not be found in the stack.{hint}")
    left = [each for each in phase.before if each.urn not in phase.operated and phase.order.is_about(each)]
    deletes = [_make_delete(each) for each in (*left, *phase.to_delete)]
    protected = [each for each in deletes if each.resource.protect]
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


def _make_delete(old: Resource) -> Step:
    op = "remove-pending-replace" if old.pending_replacement else "delete"
    old.pending_replacement = False
    return Step(op=op, old=old)


def _tell_protected(phase: Phase, step: Step) -> None:
    advice = f"either {UNPROTECT}, or use the command:\n`pulumi state unprotect '{step.urn}'`"
    text = f'resource "{step.urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, {advice}'
    phase.events.tell_begin(step)
    phase.events.tell(f"{phase.prefix}{text}", severity="error", urn=step.urn)


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
