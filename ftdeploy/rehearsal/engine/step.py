"""One step: what is done to one resource, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from ftdeploy.rehearsal.engine.resource import Resource

_REPLACING_KINDS = {1, 3, 5}
"""`ADD_REPLACE`, `DELETE_REPLACE`, `UPDATE_REPLACE` of `pulumirpc.PropertyDiff.Kind`."""
_COMPARED = (
    *("urn", "id", "custom", "inputs", "outputs", "parent", "protect", "provider", "property_dependencies"),
    *("replacement_trigger", "resource_hooks", "import_id"),
)
_PHYSICAL = {"create-replacement", "delete-replaced", "refresh", "remove-pending-replace"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What differs, and what that takes."""

    has_changes: bool = False
    replaces: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    detailed: dict[str, tuple[int, bool]] | None = None
    """Path to `pulumirpc.PropertyDiff.Kind` and whether inputs differ."""
    is_delete_first: bool = False

    @property
    def is_replacement(self) -> bool:
        """Whether the resource cannot become what is wanted."""
        return bool(self.replaces) or any(kind in _REPLACING_KINDS for kind, _ in (self.detailed or {}).values())


@dataclass(slots=True, kw_only=True, eq=False)
class Step:
    """One step; `op` is Pulumi's word for it."""

    op: str
    old: Resource | None = None
    new: Resource | None = None
    diff: Diff = field(default_factory=Diff)
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
    def is_logical(self) -> bool:
        """Whether it counts as a change of its own, not as a part of one."""
        return self.op not in _PHYSICAL


def differs(old: Resource, new: Resource) -> bool:
    """Whether two states of a resource differ in more than times and places."""
    is_other = any(getattr(old, name) != getattr(new, name) for name in _COMPARED)
    return is_other or sorted(old.dependencies) != sorted(new.dependencies)
