"""What a program asks for, as records; every field that this engine does not honour is refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ftdeploy.rehearsal.engine.failures import Refusal
from ftdeploy.rehearsal.engine.resource import Properties
from ftdeploy.rehearsal.engine.values import Message, parse_struct

_TOLD_ONLY = {
    *("acceptSecrets", "acceptResources", "accepts_byte_string", "aliasSpecs", "sourcePosition", "stackTrace"),
    *("supportsPartialValues", "supportsResultReporting", "parentStackTraceHandle"),
}
"""Fields that say what the SDK can do, or where in the program it is."""
_COMMON = {"type", "name", "parent", "provider", "version", "dependencies", "additionalSecretOutputs", "packageRef"}
_HONOURED = {
    "RegisterResourceRequest": _COMMON
    | {"custom", "object", "protect", "propertyDependencies", "deleteBeforeReplace", "deleteBeforeReplaceDefined"}
    | {
        "ignoreChanges",
        "aliasURNs",
        "aliases",
        "customTimeouts",
        "providers",
        "retainOnDelete",
        "deletedWith",
        "hooks",
    },
    "ResourceHooksBinding": {"on_error"},
    "ReadResourceRequest": _COMMON | {"id", "properties"},
    "ResourceInvokeRequest": {"tok", "args", "provider", "version", "packageRef", "dependsOn", "parent"},
    "RegisterPackageRequest": {"name", "version"},
    "RegisterErrorHookRequest": {"name", "callback"},
}
_UNITS = {"h": 3600, "m": 60, "s": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A URN that a resource may have had, or the parts of it that were other."""

    urn: str = ""
    name: str = ""
    type: str = ""
    stack: str = ""
    project: str = ""
    parent: str = ""
    has_no_parent: bool = False


@dataclass(slots=True, kw_only=True)
class Goal:
    """A resource as the program wants it."""

    type: str
    name: str
    custom: bool = True
    parent: str = ""
    properties: Properties = field(default_factory=dict)
    provider: str = ""
    """Reference of the provider, once it is known."""
    version: str = ""
    package: str = ""
    """Reference that `RegisterPackage` gave, `<package>@<version>`."""
    providers: Mapping[str, str] = field(default_factory=dict)
    dependencies: Sequence[str] = ()
    property_dependencies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    protect: bool | None = None
    retain_on_delete: bool | None = None
    deleted_with: str = ""
    is_delete_first: bool | None = None
    ignore_changes: Sequence[str] = ()
    additional_secret_outputs: Sequence[str] = ()
    aliases: Sequence[Alias] = ()
    custom_timeouts: Mapping[str, float] = field(default_factory=dict)
    error_hooks: Sequence[str] = ()
    source_position: str = ""
    id: str = ""
    """Of a resource that is only read."""

    @property
    def package_version(self) -> str:
        """The version of the package it comes from; empty when nobody says."""
        return self.package.partition("@")[2] if self.package else self.version

    def inherit(self, parent: Goal) -> None:
        """Take from the parent what children get when they say nothing."""
        self.protect = parent.protect if self.protect is None else self.protect
        self.retain_on_delete = parent.retain_on_delete if self.retain_on_delete is None else self.retain_on_delete
        self.deleted_with = self.deleted_with or parent.deleted_with


def check_fields(message: Message, about: str) -> None:
    """Refuse what a request holds and this engine does not honour.

    Raises:
        Refusal: names the first such field.
    """
    kind = message.DESCRIPTOR.name
    for found, _ in message.ListFields():
        if found.name not in _HONOURED[kind] and found.name not in _TOLD_ONLY:
            raise Refusal(f"`{found.name}` of {kind}, which {about} sets")


def parse_registration(request: Message, root: str) -> Goal:
    """The goal of a RegisterResource request; `root` is the project's folder.

    Raises:
        Refusal: it holds something that this engine does not honour.
    """
    check_fields(request, request.name)
    check_fields(request.hooks, request.name)
    nested = next((each for each in request.ignoreChanges if not each.isidentifier()), None)
    if nested is not None:
        raise Refusal(f"the nested path `{nested}` in `ignoreChanges` of {request.name}")
    goal = _parse_common(request, root)
    goal.custom = request.custom
    goal.properties = parse_struct(request.object)
    goal.providers = dict(request.providers)
    goal.property_dependencies = {key: list(each.urns) for key, each in request.propertyDependencies.items()}
    goal.protect = request.protect if request.HasField("protect") else None
    goal.retain_on_delete = request.retainOnDelete if request.HasField("retainOnDelete") else None
    goal.deleted_with = request.deletedWith
    if request.deleteBeforeReplace or request.deleteBeforeReplaceDefined:
        goal.is_delete_first = request.deleteBeforeReplace
    goal.ignore_changes = list(request.ignoreChanges)
    goal.aliases = [*(Alias(urn=urn) for urn in request.aliasURNs), *map(_parse_alias, request.aliases)]
    found = ((key, getattr(request.customTimeouts, key)) for key in ("create", "update", "delete"))
    goal.custom_timeouts = {key: parse_seconds(text) for key, text in found if text}
    goal.error_hooks = list(request.hooks.on_error)
    return goal


def parse_read(request: Message, root: str) -> Goal:
    """The goal of a ReadResource request.

    Raises:
        Refusal: it holds something that this engine does not honour.
    """
    check_fields(request, request.name)
    goal = _parse_common(request, root)
    goal.id = request.id
    goal.properties = parse_struct(request.properties)
    return goal


def _parse_common(request: Message, root: str) -> Goal:
    place = request.sourcePosition
    return Goal(
        type=request.type,
        name=request.name,
        parent=request.parent,
        provider=request.provider,
        version=request.version,
        package=request.packageRef,
        dependencies=list(request.dependencies),
        additional_secret_outputs=list(request.additionalSecretOutputs),
        source_position=f"{place.uri.replace(f'file://{root}', 'project://', 1)}#{place.line}" if place.uri else "",
    )


def _parse_alias(alias: Message) -> Alias:
    if alias.WhichOneof("alias") == "urn":
        return Alias(urn=alias.urn)
    spec = alias.spec
    return Alias(
        name=spec.name,
        type=spec.type,
        stack=spec.stack,
        project=spec.project,
        parent=spec.parentUrn,
        has_no_parent=spec.noParent,
    )


def parse_seconds(text: str) -> float:
    """A duration such as `1h30m`, in seconds."""
    found = re.findall(r"([\d.]+)([hms])", text)
    if not found or "".join(amount + unit for amount, unit in found) != text:
        raise Refusal(f"the duration `{text}`")
    return sum(float(amount) * _UNITS[unit] for amount, unit in found)
