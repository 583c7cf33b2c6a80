"""A resource as a checkpoint holds it, and the parts of its URN."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

Properties = dict[str, Any]

ROOT_TYPE = "pulumi:pulumi:Stack"
_PROVIDER_PREFIX = "pulumi:providers:"
_RENAMED = {"rest": "", "key": "", "import_id": "importID"}
"""Fields that have another key in a checkpoint, or none."""
_ALWAYS = frozenset({"urn", "custom", "type"})
_UNSUPPORTED = (
    *("taint", "viewOf", "replaceWith", "extensionRef", "snippetID", "replaceOnChanges"),
    *("delete", "external", "additionalSecretOutputs", "customTimeouts", "retainOnDelete", "deletedWith"),
    *("ignoreChanges",),
)


@dataclass(slots=True, kw_only=True, eq=False)
class Resource:
    """One resource's state; two states of one URN are two objects.

    Fields are named as in a checkpoint, in its order.
    """

    urn: str
    custom: bool
    id: str = ""
    type: str
    inputs: Properties = field(default_factory=dict)
    outputs: Properties = field(default_factory=dict)
    parent: str = ""
    protect: bool = False
    dependencies: list[str] = field(default_factory=list)
    init_errors: list[str] = field(default_factory=list)
    provider: str = ""
    """`<URN>::<id>` of the provider resource."""
    property_dependencies: dict[str, list[str]] = field(default_factory=dict)
    pending_replacement: bool = False
    import_id: str = ""
    """What a program's `import_` named; only while it does."""
    aliases: list[str] = field(default_factory=list)
    """The URN it had before, until the checkpoint is written."""
    created: str = ""
    modified: str = ""
    source_position: str = ""
    replacement_trigger: str = ""
    """Replaced when this changes."""
    resource_hooks: dict[str, list[str]] = field(default_factory=dict)
    """`{"OnError": ["retry"]}`."""
    rest: Properties = field(default_factory=dict)
    """What only the Pulumi CLI writes and this engine hands on."""
    key: int = -1
    """Its number in the snapshot and the journal."""

    def to_json(self) -> Properties:
        """Its entry in a checkpoint; what is empty is left out."""
        data = {key: value for name, key in _KEYS if (value := getattr(self, name)) or key in _ALWAYS}
        return data | self.rest

    def list_dependencies(self) -> list[str]:
        """Every URN that must exist before it and end after it; the provider and the parent included."""
        found = [*self.dependencies, *(urn for urns in self.property_dependencies.values() for urn in urns)]
        provider = split_reference(self.provider)[0] if self.provider else ""
        return [urn for urn in (self.parent, provider, *found) if urn]

    @property
    def name(self) -> str:
        """The last part of its URN."""
        return get_name(self.urn)

    @property
    def is_provider(self) -> bool:
        """Whether it is a provider."""
        return is_provider_type(self.type)

    @property
    def is_managed(self) -> bool:
        """Whether a provider makes it: it is neither a component nor a provider itself."""
        return self.custom and not self.is_provider


def _to_camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)


_SPELLED = {each.name: _RENAMED.get(each.name, _to_camel(each.name)) for each in fields(Resource)}
_KEYS = tuple((name, key) for name, key in _SPELLED.items() if key)
_NAMES = {key: name for name, key in _KEYS}


def parse_resource(data: Properties) -> Resource:
    """The resource of a checkpoint's entry."""
    known = {_NAMES[key]: value for key, value in data.items() if key in _NAMES}
    return Resource(**known, rest={key: value for key, value in data.items() if key not in _NAMES})


def find_unsupported(data: Properties) -> str | None:
    """What an entry of a checkpoint holds that this engine cannot treat rightly."""
    return next((key for key in _UNSUPPORTED if data.get(key)), None)


def make_urn(stack: str, project: str, *, parent: str, kind: str, name: str) -> str:
    """A resource's URN; the root stack's type is not part of its children's."""
    outer = get_qualified_type(parent) if parent else ""
    qualified = f"{outer}${kind}" if outer and outer != ROOT_TYPE else kind
    return f"urn:pulumi:{stack}::{project}::{qualified}::{name}"


def get_qualified_type(urn: str) -> str:
    """`ftdeploy:index:Account$azure-native:cognitiveservices:Deployment`."""
    return urn.split("::", 3)[2]


def get_name(urn: str) -> str:
    """What a program called the resource."""
    return urn.split("::", 3)[3]


def split_reference(reference: str) -> tuple[str, str]:
    """A provider reference's URN and id."""
    urn, _, identity = reference.rpartition("::")
    return urn, identity


def is_provider_type(kind: str) -> bool:
    """Whether a type token is that of a provider resource."""
    return kind.startswith(_PROVIDER_PREFIX)


def get_package(kind: str) -> str:
    """`azure-native`, of a resource's, function's or provider's type token."""
    return kind.removeprefix(_PROVIDER_PREFIX).split(":", 1)[0]


def tell_time() -> str:
    """Now, as checkpoints write it."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
