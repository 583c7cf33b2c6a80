"""Decides what a registration takes: the steps for one resource, as Pulumi's step generator decides them."""

from __future__ import annotations

from dataclasses import fields, replace

from ftdeploy.rehearsal.engine.failures import EngineError, Refusal, Stopped
from ftdeploy.rehearsal.engine.goals import Goal
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.removal import UNPROTECT, list_dependents
from ftdeploy.rehearsal.engine.resource import Properties, Resource, split_reference
from ftdeploy.rehearsal.engine.step import Diff, Step
from ftdeploy.rehearsal.engine.values import Message

_PROTECTED = f"as it is currently marked for protection. To unprotect the resource, {UNPROTECT}"


class Generator:
    """Called for one registration at a time, in the order in which they arrive."""

    def __init__(self, phase: Phase) -> None:
        self._phase = phase
        self._claimed: set[str] = set()

    def list_steps(self, goal: Goal) -> list[Step]:
        """The steps for a resource that the program registers.

        Raises:
            EngineError: it is wrong, or may not be replaced.
        """
        phase, new = self._phase, goal.state
        self._claim(goal)
        old = self._find_old(goal)
        if old is not None:
            new.created, new.modified = old.created, old.modified
        if phase.order.is_destroy:
            step = self._find_destroy_step(old, new)
            if step is not None:
                return [step]
            phase.to_delete.append(new)
        if not (phase.order.is_about(new) or new.urn in phase.deleted):
            return [self._leave(old, new)]
        missing = sorted(phase.skipped.intersection(new.list_dependencies()))
        if missing and not phase.order.is_destroy:
            text = f"Resource '{new.urn}' depends on '{missing[0]}' which was was not specified in --target list."
            raise EngineError(text, new.urn)
        found = self._find_import(old, new)
        steps = self._list_changes(goal, found or old)
        if found is None:
            return steps
        if steps[0].op != "same":
            return [Step(op="import", new=found), *steps]
        new.id, new.inputs, new.outputs, new.init_errors = found.id, found.inputs, found.outputs, found.init_errors
        return [Step(op="import", new=new)]

    def _list_changes(self, goal: Goal, old: Resource | None) -> list[Step]:
        new = goal.state
        keys = self._phase.deleted.pop(new.urn, None)
        wanted = new.inputs
        is_new = old is None or keys is not None or new.urn in self._phase.order.replaces
        self._check(new, None if old is None or is_new else old.inputs)
        self._analyze(new)
        if old is None:
            return [Step(op="create", new=new)]
        if keys is not None:
            return _list_replacing(old, new, Diff(has_changes=True, replaces=keys))
        diff = self._diff(old, new)
        diff = replace(diff, is_delete_first=diff.is_delete_first or goal.is_delete_first)
        if (diff.has_changes and diff.is_replacement) or old.pending_replacement:
            new.inputs = wanted
            return self._list_replacement(old, new, diff)
        if diff.has_changes or old.init_errors:
            return [Step(op="update", old=old, new=new, diff=diff)]
        return [Step(op="same", old=old, new=new)]

    def _claim(self, goal: Goal) -> None:
        new = goal.state
        new.urn = urn = self._phase.order.make_urn(new.parent, new.type, goal.name)
        if new.parent and new.parent not in self._claimed:
            raise EngineError(f"could not find parent resource {new.parent}")
        if new.parent in self._phase.aliased.values():
            raise Refusal(f"what is in a resource that an alias found, such as {new.parent}", urn)
        if urn in self._claimed:
            raise EngineError(f"Duplicate resource URN '{urn}'; try giving it a unique name", urn)
        self._claimed.add(urn)
        self._phase.operated.add(urn)

    def _find_old(self, goal: Goal) -> Resource | None:
        phase, new = self._phase, goal.state
        for former in (new.urn, *(self._render_alias(goal, each) for each in goal.aliases)):
            old = phase.olds.get(former)
            if old is None:
                continue
            if former != new.urn:
                other = phase.aliased.get(former) or (former if former in self._claimed else None)
                if other is not None:
                    text = f"Duplicate resource alias '{former}' applied to resource with URN '{new.urn}' conflicting"
                    raise EngineError(f"{text} with resource with URN '{other}'", new.urn)
                phase.aliased[former] = new.urn
                phase.operated.add(former)
                new.aliases = [former]
            return old
        return None

    def _render_alias(self, goal: Goal, alias: Message) -> str:
        spec, new = alias.spec, goal.state
        parts = (spec.parentUrn or new.parent, spec.type or new.type, spec.name or goal.name)
        return alias.urn or self._phase.order.make_urn(*parts)

    def _find_destroy_step(self, old: Resource | None, new: Resource) -> Step | None:
        """What a destroy makes of a registration; None for providers and components, which are made as usual."""
        phase = self._phase
        depends_on_skipped = not phase.skipped.isdisjoint(new.list_dependencies())
        if depends_on_skipped or (new.is_managed and old is None):
            return self._skip(old, new)
        if not new.is_managed or old is None:
            return None
        new.inputs = old.inputs
        phase.to_delete.append(new)
        return Step(op="same", old=old, new=new)

    def _skip(self, old: Resource | None, new: Resource) -> Step:
        self._phase.skipped.add(new.urn)
        new.outputs = old.outputs if old else {}
        return Step(op="same", old=replace(new), new=new, is_skipped=True)

    def _leave(self, old: Resource | None, new: Resource) -> Step:
        """What is not among the targets stays as it is recorded; what is not there yet is not made."""
        if old is None:
            return self._skip(old, new)
        gone = next((urn for urn in old.list_dependencies() if urn not in self._phase.operated), None)
        if gone is not None:
            raise Refusal(f"targets while {gone}, which stays, is not asked for any more", new.urn)
        for each in fields(old):
            if each.name not in {"urn", "key", "aliases"}:
                setattr(new, each.name, getattr(old, each.name))
        return Step(op="same", old=old, new=new)

    def _find_import(self, old: Resource | None, new: Resource) -> Resource | None:
        """What exists under the id that the program names by `import_`; None when it names nothing new."""
        if new.import_id in ("", old and (old.import_id or old.id)):
            return None
        if old is not None:
            raise Refusal("importing in place of what is recorded", new.urn)
        found = replace(new, id=new.import_id, inputs={})
        found.inputs = self._phase.get_provider(new.provider).take_in(found)
        found.created = found.modified
        new.created = new.modified = found.created
        return found

    def _check(self, new: Resource, olds: Properties | None) -> None:
        """Let the provider check the inputs."""
        if not new.custom:
            return
        phase = self._phase
        check = phase.registry.check if new.is_provider else phase.get_provider(new.provider).check
        new.inputs = check(new, olds)

    def _analyze(self, new: Resource) -> None:
        phase = self._phase
        provider = phase.find_provider_resource(new.provider) if new.provider else None
        violations = [violation for pack in phase.packs for violation in pack.analyze(new, provider)]
        if phase.tell_violations(violations) and not phase.is_preview:
            phase.gate.fail()
            raise Stopped

    def _diff(self, old: Resource, new: Resource) -> Diff:
        phase = self._phase
        if new.urn in phase.order.replaces:
            return Diff(has_changes=True, replaces=["id"])
        if old.replacement_trigger and new.replacement_trigger not in ("", old.replacement_trigger):
            return Diff(has_changes=True, replaces=["replacementTrigger"])
        if old.provider != new.provider and self._is_provider_other(old, new):
            return Diff(has_changes=True, replaces=["provider"])
        if not new.custom:
            return Diff(has_changes=old.inputs != new.inputs)
        if new.is_provider:
            return phase.registry.diff(old, new)
        return phase.get_provider(new.provider).diff(old, new.inputs)

    def _is_provider_other(self, old: Resource, new: Resource) -> bool:
        """Whether the resource's new provider cannot manage what its old one made."""
        if not (old.provider and new.provider):
            return True
        phase = self._phase
        former, present = split_reference(old.provider)[0], split_reference(new.provider)[0]
        if phase.aliased.get(former) == present:
            return False
        diff = phase.get_provider(new.provider).diff_config(phase.olds[former], phase.news[present])
        return diff is not None and diff.is_replacement

    def _list_replacement(self, old: Resource, new: Resource, diff: Diff) -> list[Step]:
        """The steps of a replacement: what cannot outlive the old goes, then the old, then the new comes."""
        if new.protect and old.protect:
            raise EngineError(f'unable to replace resource "{new.urn}"\n{_PROTECTED}', new.urn)
        if new.import_id:
            text = "previously-imported resources that still specify an ID may not be replaced; please remove the "
            raise EngineError(f"{text}`import` declaration from your program;", new.urn)
        if not (diff.is_delete_first or old.pending_replacement):
            raise Refusal(f"replacements that create first, such as that of {new.name}", new.urn)
        self._check(new, None)
        return [*self._list_deletes_before(old), *_list_replacing(old, new, diff)]

    def _list_deletes_before(self, old: Resource) -> list[Step]:
        """What must be gone before a resource can be replaced, itself last."""
        phase = self._phase
        if old.pending_replacement:
            return []
        steps: list[Step] = []
        for dependent, keys in reversed(list_dependents(phase, old)):
            if dependent.protect:
                what = f'unable to replace resource "{dependent.urn}" as part of replacing "{old.urn}" {_PROTECTED}'
                text = f"{what}, or use the command:\n`pulumi state unprotect '{dependent.urn}'`"
                raise EngineError(text, dependent.urn)
            phase.deleted[dependent.urn] = keys
            steps.append(Step(op="delete-replaced", old=dependent))
        return [*steps, Step(op="delete-replaced", old=old)]


def _list_replacing(old: Resource, new: Resource, diff: Diff) -> list[Step]:
    return [Step(op=op, old=old, new=new, diff=diff) for op in ("replace", "create-replacement")]
