"""Which resources cannot outlive a resource that is deleted before it is replaced."""

from __future__ import annotations

from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.resource import Resource, split_reference
from ftdeploy.rehearsal.engine.values import UNKNOWN


def list_dependents(phase: Phase, root: Resource) -> list[tuple[Resource, list[str]]]:
    """What must be replaced with `root`, in order of dependency, each with the inputs that are to blame.

    That is what depends on it through an input whose change its provider answers with a replacement, what its provider
    is replaced with, and what is deleted with it. Whatever this run has registered already cannot depend on it.
    """
    doomed = {root.urn}
    reached = {root.urn}
    found: list[tuple[Resource, list[str]]] = []
    for each in phase.before:
        if each.delete or each.urn in phase.operated or each.urn in phase.deleted:
            continue
        if reached.isdisjoint(each.list_dependencies()):
            continue
        reached.add(each.urn)
        keys = _find_blamed(phase, each, doomed)
        if keys is not None:
            doomed.add(each.urn)
            found.append((each, keys))
    return found


def _find_blamed(phase: Phase, resource: Resource, doomed: set[str]) -> list[str] | None:
    """The inputs that make a resource go with others; None when it can stay."""
    if not resource.custom or resource.external:
        return None
    is_orphan = bool(resource.provider) and split_reference(resource.provider)[0] in doomed
    if is_orphan or resource.deleted_with in doomed:
        return []
    changing = {key for key, urns in resource.property_dependencies.items() if not doomed.isdisjoint(urns)}
    if not changing or resource.is_provider:
        return None
    inputs = {key: UNKNOWN if key in changing else value for key, value in resource.inputs.items()}
    diff = phase.get_provider(resource.provider).diff(resource, inputs, ignored=resource.ignore_changes)
    return diff.replaces if diff.is_replacement else None
