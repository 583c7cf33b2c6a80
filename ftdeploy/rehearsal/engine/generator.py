"""Decides what a registration takes: the steps for one resource, as Pulumi's step generator decides them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ftdeploy.rehearsal.engine.failures import EngineError, Stopped
from ftdeploy.rehearsal.engine.goals import Alias, Goal
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.provider import CheckFailure, Diff
from ftdeploy.rehearsal.engine.replacement import list_dependents
from ftdeploy.rehearsal.engine.resource import (
    ROOT_TYPE,
    Resource,
    get_name,
    get_qualified_type,
    make_urn,
    split_reference,
)
from ftdeploy.rehearsal.engine.steps import Step


class Generator:
    """Called for one registration at a time, in the order in which they arrive."""

    def __init__(self, phase: Phase) -> None:
        self._phase = phase
        self._claimed: set[str] = set()
        self._former: dict[str, str] = {}
        """Present URN to the former one, of what was found by an alias."""

    def list_read_steps(self, goal: Goal) -> list[Step]:
        """The steps for a resource that the program only reads."""
        urn = self._claim(goal)
        old = self._find_old(urn, goal)
        new = self._make_state(goal, urn, old)
        new.id, new.external = goal.id, True
        if self._phase.order.is_destroy:
            self._phase.to_delete.append(new)
        if old is not None and not old.external and old.id != goal.id:
            read = Step(op="read-replacement", old=old, new=new, is_old_kept=True)
            return [read, Step(op="replace", old=old, new=new)]
        return [Step(op="read", old=old, new=new)]

    def list_steps(self, goal: Goal) -> list[Step]:
        """The steps for a resource that the program registers.

        Raises:
            EngineError: it is wrong, or may not be replaced.
        """
        urn = self._claim(goal)
        old = self._find_old(urn, goal)
        new = self._make_state(goal, urn, old)
        if self._phase.order.is_destroy:
            step = self._find_destroy_step(old, new)
            if step is not None:
                return [step]
            self._phase.to_delete.append(new)
        keys = self._phase.deleted.pop(urn, None)
        self._check(new, None if keys is not None or old is None or old.external else old, goal)
        self._analyze(new)
        if old is None:
            return [Step(op="create", new=new)]
        if keys is not None:
            self._phase.replaced.add(urn)
            blamed = Diff(has_changes=True, replaces=keys)
            return [
                Step(op="replace", old=old, new=new),
                Step(op="create-replacement", old=old, new=new, diff=blamed),
            ]
        if old.external:
            return self._list_replacement(old, new, Diff(has_changes=True))
        return self._list_steps_by_diff(old, new, goal)

    def _claim(self, goal: Goal) -> str:
        order = self._phase.order
        if goal.parent and goal.parent not in self._claimed:
            raise EngineError(f"could not find parent resource {goal.parent}")
        urn = make_urn(order.stack, order.project.name, parent=goal.parent, kind=goal.type, name=goal.name)
        if urn in self._claimed:
            raise EngineError(f"Duplicate resource URN '{urn}'; try giving it a unique name", urn)
        self._claimed.add(urn)
        self._phase.operated.add(urn)
        return urn

    def _find_old(self, urn: str, goal: Goal) -> Resource | None:
        phase = self._phase
        for former in (urn, *self._list_former(goal)):
            old = phase.olds.get(former)
            if old is None:
                continue
            if former != urn:
                other = phase.aliased.get(former) or (former if former in self._claimed else None)
                if other is not None:
                    text = f"Duplicate resource alias '{former}' applied to resource with URN '{urn}' conflicting with"
                    raise EngineError(f"{text} resource with URN '{other}'", urn)
                phase.aliased[former], self._former[urn] = urn, former
                phase.operated.add(former)
            return old
        return None

    def _list_former(self, goal: Goal) -> Iterator[str]:
        """The URNs that a resource may have had: by its own aliases, and by its parent's."""
        own = [self._render_alias(goal, alias) for alias in goal.aliases]
        yield from own
        parent = self._former.get(goal.parent)
        if parent is None:
            return
        order = self._phase.order
        present = make_urn(order.stack, order.project.name, parent=goal.parent, kind=goal.type, name=goal.name)
        for urn in (present, *own):
            kind, name = get_qualified_type(urn).rsplit("$", 1)[-1], get_name(urn)
            tail = name.removeprefix(get_name(goal.parent))
            name = get_name(parent) + tail if tail != name else name
            yield make_urn(order.stack, order.project.name, parent=parent, kind=kind, name=name)

    def _render_alias(self, goal: Goal, alias: Alias) -> str:
        if alias.urn:
            return alias.urn
        order = self._phase.order
        parent = self._former.get(alias.parent, alias.parent) or goal.parent
        is_free = alias.has_no_parent or (parent and get_qualified_type(parent) == ROOT_TYPE)
        return make_urn(
            alias.stack or order.stack,
            alias.project or order.project.name,
            parent="" if is_free else parent,
            kind=alias.type or goal.type,
            name=alias.name or goal.name,
        )

    def _make_state(self, goal: Goal, urn: str, old: Resource | None) -> Resource:
        self._phase.goals[urn] = goal
        return Resource(
            urn=urn,
            custom=goal.custom,
            type=goal.type,
            inputs=dict(goal.properties),
            parent=goal.parent,
            protect=bool(goal.protect),
            dependencies=list(goal.dependencies),
            provider=goal.provider,
            property_dependencies={key: list(urns) for key, urns in goal.property_dependencies.items()},
            additional_secret_outputs=list(goal.additional_secret_outputs),
            aliases=[self._former[urn]] if urn in self._former else [],
            custom_timeouts=dict(goal.custom_timeouts),
            retain_on_delete=bool(goal.retain_on_delete),
            deleted_with=goal.deleted_with,
            created=old.created if old else "",
            modified=old.modified if old else "",
            source_position=goal.source_position,
            ignore_changes=list(goal.ignore_changes),
            resource_hooks={"OnError": list(goal.error_hooks)} if goal.error_hooks else {},
        )

    def _find_destroy_step(self, old: Resource | None, new: Resource) -> Step | None:
        """What a destroy makes of a registration; None for providers and components, which are made as usual."""
        phase = self._phase
        depends_on_skipped = not phase.skipped.isdisjoint(new.list_dependencies())
        is_plain = new.custom and not new.is_provider
        if depends_on_skipped or (is_plain and old is None):
            phase.skipped.add(new.urn)
            new.outputs = old.outputs if old else {}
            return Step(op="same", old=replace(new), new=new, is_skipped=True)
        if not is_plain:
            return None
        assert old is not None  # noqa: S101 seen above
        new.inputs = old.inputs
        phase.to_delete.append(new)
        return Step(op="same", old=old, new=new)

    def _check(self, new: Resource, old: Resource | None, goal: Goal) -> None:
        """Let the provider check the inputs, what changes are ignored put back before."""
        news = dict(goal.properties)
        for key in goal.ignore_changes if old is not None else ():
            news.pop(key, None)
            if old is not None and key in old.inputs:
                news[key] = old.inputs[key]
        new.inputs = news
        if not new.custom:
            return
        olds = old.inputs if old else None
        try:
            if new.is_provider:
                new.inputs = self._phase.registry.check(new, olds)
            else:
                new.inputs = self._phase.get_provider(goal.provider).check(new.urn, olds, news)
        except CheckFailure as wrong:
            self._tell_wrong(new, wrong)
            raise Stopped from None

    def _tell_wrong(self, new: Resource, wrong: CheckFailure) -> None:
        for key, reason in wrong.failures:
            place = f": property {key} value {{{new.inputs.get(key)}}}" if key else ""
            text = f"{new.type} resource '{new.name}'{place} has a problem: {reason}"
            self._phase.events.tell(text, severity="error", urn=new.urn)
        self._phase.gate.fail()

    def _analyze(self, new: Resource) -> None:
        phase = self._phase
        provider = phase.find_provider_resource(new.provider) if new.provider else None
        is_refused = False
        for pack in phase.packs:
            for violation in pack.analyze(new, provider):
                phase.events.tell_policy(violation)
                is_refused |= violation["enforcementLevel"] == "mandatory"
        if is_refused:
            phase.has_violations = True
            if not phase.is_preview:
                phase.gate.fail()
                raise Stopped

    def _list_steps_by_diff(self, old: Resource, new: Resource, goal: Goal) -> list[Step]:
        diff = self._diff(old, new, goal)
        if (diff.has_changes and diff.is_replacement) or old.pending_replacement:
            return self._list_replacement(old, new, diff)
        if diff.has_changes or old.init_errors:
            return [Step(op="update", old=old, new=new, diff=diff)]
        return [Step(op="same", old=old, new=new)]

    def _diff(self, old: Resource, new: Resource, goal: Goal) -> Diff:
        phase = self._phase
        if new.deleted_with and new.deleted_with in phase.replaced:
            return Diff(has_changes=True, replaces=["deletedWith"])
        if old.provider != new.provider and self._is_provider_other(old, new):
            return Diff(has_changes=True, replaces=["provider"])
        if not new.custom:
            return Diff(has_changes=old.inputs != new.inputs)
        if new.is_provider:
            return phase.registry.diff(old, new)
        return phase.get_provider(goal.provider).diff(old, new.inputs, ignored=goal.ignore_changes)

    def _is_provider_other(self, old: Resource, new: Resource) -> bool:
        """Whether the resource's new provider cannot manage what its old one made."""
        if not (old.provider and new.provider):
            return True
        phase = self._phase
        former, present = split_reference(old.provider)[0], split_reference(new.provider)[0]
        if phase.aliased.get(former) == present:
            return False
        recorded = phase.find_provider_resource(old.provider) or phase.olds[former]
        return phase.registry.diff_references(recorded, phase.news[present]).is_replacement

    def _list_replacement(self, old: Resource, new: Resource, diff: Diff) -> list[Step]:
        phase = self._phase
        goal = phase.goals[new.urn]
        if new.protect and old.protect:
            text = (
                f'unable to replace resource "{new.urn}"\nas it is currently marked for protection. To unprotect the '
                "resource, remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`"
            )
            raise EngineError(text, new.urn)
        phase.replaced.add(new.urn)
        if not old.external:
            self._check(new, None, goal)
        is_first = diff.is_delete_first if goal.is_delete_first is None else goal.is_delete_first
        make = Step(op="create-replacement", old=old, new=new, diff=diff, is_old_kept=not is_first)
        tell = Step(op="replace", old=old, new=new, diff=diff)
        if not is_first:
            return [make, tell]
        return [*self._list_deletes_before(old), tell, make]

    def _list_deletes_before(self, old: Resource) -> list[Step]:
        """What must be gone before a resource can be replaced, itself last."""
        phase = self._phase
        steps: list[Step] = []
        for dependent, keys in reversed(list_dependents(phase, old)):
            if dependent.protect:
                text = (
                    f'unable to replace resource "{dependent.urn}" as part of replacing "{old.urn}" as it is currently '
                    "marked for protection. To unprotect the resource, remove the `protect` flag from the resource in "
                    f"your Pulumi program and run `pulumi up`, or use the command:\n`pulumi state unprotect "
                    f"'{dependent.urn}'`"
                )
                raise EngineError(text, dependent.urn)
            phase.deleted[dependent.urn] = keys
            phase.doomed.add(dependent.urn)
            steps.append(Step(op="delete-replaced", old=dependent, is_old_awaited=True))
        phase.doomed.add(old.urn)
        if not old.pending_replacement:
            steps.append(Step(op="delete-replaced", old=old, is_old_awaited=True))
        return steps
