"""What a program asks for, as records; every field that this engine does not honour is refused by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ftdeploy.rehearsal.engine.failures import Refusal
from ftdeploy.rehearsal.engine.resource import Resource, is_provider_type
from ftdeploy.rehearsal.engine.values import Message, parse_struct

_TOLD_ONLY = {
    *("acceptSecrets", "acceptResources", "accepts_byte_string", "aliasSpecs", "sourcePosition", "stackTrace"),
    *("supportsPartialValues", "supportsResultReporting", "parentStackTraceHandle", "providers"),
}
"""Fields that say what the SDK can do, what it has resolved already, or where in the program it is."""
_HONOURED = {
    "RegisterResourceRequest": {
        *("type", "name", "parent", "provider", "version", "dependencies", "custom", "object", "protect"),
        *("propertyDependencies", "aliases", "hooks", "replacement_trigger"),
        *("deleteBeforeReplace", "deleteBeforeReplaceDefined", "importId"),
    },
    "ResourceHooksBinding": {"on_error"},
    "Alias": {"urn", "spec"},
    "Spec": {"name", "type", "parentUrn"},
    "ResourceInvokeRequest": {"tok", "args", "provider", "version", "parent"},
    "RegisterErrorHookRequest": {"name", "callback"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A resource as the program wants it."""

    name: str
    state: Resource
    """What is wanted; its URN is not known yet."""
    is_delete_first: bool = False
    """Whether a replacement deletes first, whatever the provider says."""
    aliases: Sequence[Message] = ()
    """`Alias` messages: URNs that it may have had, or the parts of them that were other."""


def check_fields(message: Message, about: str) -> None:
    """Refuse what a request holds, on any level, and this engine does not honour.

    Raises:
        Refusal: names the first such field.
    """
    kind = message.DESCRIPTOR.name
    for found, value in message.ListFields():
        if found.name in _TOLD_ONLY:
            continue
        if found.name not in _HONOURED[kind]:
            raise Refusal(f"`{found.name}` of {kind}, which {about} sets")
        if found.message_type is not None and found.message_type.name in _HONOURED:
            for each in value if found.name == "aliases" else [value]:
                check_fields(each, about)


def parse_registration(request: Message, root: str) -> Goal:
    """The goal of a RegisterResource request; `root` is the project's folder.

    Raises:
        Refusal: it holds something that this engine does not honour.
    """
    check_fields(request, request.name)
    is_provider = is_provider_type(request.type)
    if request.custom and not (is_provider or request.provider):
        raise Refusal(f"default providers: {request.name} has no explicit one")
    added = {"__internal": {}, "version": request.version} if is_provider and request.version else {}
    place = request.sourcePosition
    state = Resource(
        urn="",
        **{name: getattr(request, name) for name in ("custom", "type", "parent", "protect", "provider")},
        import_id=request.importId,
        inputs=parse_struct(request.object) | added,
        dependencies=list(request.dependencies),
        property_dependencies={key: list(each.urns) for key, each in request.propertyDependencies.items()},
        source_position=f"{place.uri.replace(f'file://{root}', 'project://', 1)}#{place.line}" if place.uri else "",
        replacement_trigger=_parse_trigger(request),
        resource_hooks={"OnError": list(request.hooks.on_error)} if request.hooks.on_error else {},
    )
    aliases, is_delete_first = list(request.aliases), request.deleteBeforeReplace
    return Goal(name=request.name, state=state, is_delete_first=is_delete_first, aliases=aliases)


def _parse_trigger(request: Message) -> str:
    if request.replacement_trigger.WhichOneof("kind") not in (None, "null_value", "string_value"):
        raise Refusal(f"a replacement trigger other than a text, which {request.name} sets")
    return str(request.replacement_trigger.string_value)
