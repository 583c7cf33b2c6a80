"""The types stood in for, and properties: from a program's to Azure's and back, and how two sets of them differ."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from google.protobuf import struct_pb2

from ftdeploy.rehearsal.plugin.sdk import read_entry
from ftdeploy.rehearsal.plugin.wire import PluginError

Values = dict[str, Any]
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"  # stands for a value that is not known before an update
_ADVICE = ". Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'."
_SCOPES = ("scope", "resourceUri")  # parts of a path that are whole ids
_TOKEN = re.compile(r"(?:^|::|\$)azure-native:(\w+)(?:/v(\d{4})(\d\d)(\d\d)(preview)?)?:(\w+)(?:::|$)")


class ResourceType:
    """How one type travels to Resource Manager and back: an entry of `types.json`."""

    def __init__(self, entry: Values) -> None:
        self.path: str = entry["path"]
        self.api_version: str = entry["apiVersion"]
        self.query = f"?api-version={self.api_version}"
        self.shape: Values = entry["shape"]
        self.is_flat: bool = entry.get("flat", False)
        self.root: list[str] = entry.get("root", [])
        self.path_names = [name for name in re.findall(r"{(\w+)}", self.path) if name != "subscriptionId"]
        self.required: list[str] = self.path_names + entry["required"]
        self.replacing = {*self.path_names, *entry.get("createOnly", [])}

    def render_path(self, inputs: Values, subscription_id: str) -> str:
        """The resource's id; names are escaped, the slashes of a scope are kept."""
        path = self.path.replace("{subscriptionId}", subscription_id)
        for name in self.path_names:
            value = inputs.get(name)
            if not isinstance(value, str):
                raise PluginError(f"expected string value for path parameter '{name}', got {value!r}")
            path = path.replace(f"{{{name}}}", quote(value.strip("/"), safe="/" if name in _SCOPES else ""))
        return path

    def render_body(self, inputs: Values) -> Values:
        """What is sent to Azure: the writable properties, under their wire names."""
        body = _select(self.shape, inputs, "both", "orders")
        if not self.is_flat:
            return body
        inner = {name: value for name, value in body.items() if name not in self.root}
        return {name: body[name] for name in self.root if name in body} | ({"properties": inner} if inner else {})

    def parse_outputs(self, body: Values) -> Values:
        """What programs see of Azure's answer; properties that the shape does not know are dropped, as are nulls."""
        body = {**body.get("properties", {}), **body} if self.is_flat else body
        return _select(self.shape, body, "both", "answers") | {"azureApiVersion": self.api_version}

    def project_inputs(self, outputs: Values) -> Values:
        """The writable part of outputs."""
        return _select(self.shape, outputs, "both")

    def import_inputs(self, resource_id: str, outputs: Values) -> Values:
        """The inputs that would make a resource like this."""
        parts = re.sub(r"{(\w+)}", lambda at: f"(?P<{at[1]}>{'.+' if at[1] in _SCOPES else '[^/]+'})", self.path)
        match = re.fullmatch(parts, resource_id, re.IGNORECASE)
        if match is None:
            raise PluginError(f"failed parsing id: '{resource_id}' is not of the form '{self.path}'")
        names = {name: f"/{match[name]}" if name in _SCOPES else unquote(match[name]) for name in self.path_names}
        return names | self.project_inputs(outputs)

    def preview_outputs(self, inputs: Values) -> Values:
        """The outputs before an update: inputs are known, everything else is unknown."""
        return _preview(self.shape, inputs)

    def check_inputs(self, inputs: Values) -> Iterator[str]:
        """What is missing, in the real plugin's words."""
        for path in self.required:
            parent, _, last = path.rpartition(".")
            holder = inputs.get(parent) if parent else inputs
            if isinstance(holder, dict) and last not in holder:
                yield f"missing required property '{path}'{_ADVICE if path == 'location' else ''}"

    def find_differences(self, old: Values, new: Values, outputs: Values) -> dict[str, str]:
        """Path to what differs there: `{"properties.model.version": "UPDATE", "location": "UPDATE_REPLACE"}`.

        What is new and says what Azure already answered replaces nothing; case and spaces of group and location do not
        count.
        """
        found, (before, after) = {}, (_flatten(old), _flatten(new))
        for path in [path for path in before | after if before.get(path) != after.get(path)]:
            was, will = (str(values.get(path)).replace(" ", "").lower() for values in (before, after))
            word = "UPDATE" if path in before and path in after else "DELETE" if path in before else "ADD"
            is_known = word == "ADD" and outputs.get(path) == new.get(path)
            if path not in ("resourceGroupName", "location") or was != will:
                found[path] = f"{word}_REPLACE" if path in self.replacing and not is_known else word
        return found


@functools.cache
def get_type(token: str) -> ResourceType:
    """The type of a token or URN; `…cognitiveservices/v20240601preview:Account` changes the api-version only."""
    types = json.loads(Path(__file__).with_name("types.json").read_text(encoding="utf-8"))["types"]
    match = _TOKEN.search(token)
    module, year, month, day, preview, name = match.groups() if match else [""] * 6
    if f"{module}:{name}" not in types:
        advice = f"it knows {', '.join(types)}; add the ARM path of another to types.json"
        raise PluginError(f"the stand-in azure-native plugin does not know {token!r}: {advice}")
    dated = {"apiVersion": f"{year}-{month}-{day}{'-preview' if preview else ''}"} if year else {}
    entry = types[f"{module}:{name}"]
    return ResourceType((entry if "shape" in entry else read_entry(f"{module}:{name}", entry)) | dated)


def parse_struct(struct: struct_pb2.Struct) -> Values:
    """Plain values without nulls; whole numbers are ints, for the wire knows doubles only."""
    return {name: parsed for name, value in struct.fields.items() if (parsed := _parse_value(value)) is not None}


def render_struct(values: Values) -> struct_pb2.Struct:
    """The values as protobuf."""
    struct = struct_pb2.Struct()
    struct.update(values)
    return struct


def apply_changes(values: Values, old: Values, new: Values) -> Values:
    """The values, with what differs between `old` and `new` changed in them; lists change as a whole."""
    result = {name: value for name, value in values.items() if name in new or name not in old}
    for name in (name for name in new if name not in old or old[name] != new[name]):
        parts = [part for part in (result.get(name), old.get(name), new[name]) if isinstance(part, dict)]
        result[name] = apply_changes(*parts) if len(parts) == 3 else new[name]  # noqa: PLR2004  # all three
    return result


def _select(shape: Values, values: Values, *words: str) -> Values:
    chosen = {name: values.get(name) for word in words for name in shape.get(word, ())}
    for name in shape.get("ids", ()):
        chosen[name] = _turn_ids(values.get(name), *words)
    for name, inner in shape.get("objects", {}).items():
        chosen[name] = _select(inner, values[name], *words) if isinstance(values.get(name), dict) else values.get(name)
    return {name: value for name, value in chosen.items() if value is not None}


def _turn_ids(value: Any, *words: str) -> Any:  # noqa: ANN401 JSON
    """Ids as what is selected has them: written they are a mapping, taken from an answer a list."""
    if "orders" in words and isinstance(value, list):
        return {each: {} for each in value}
    return sorted(value) if words == ("both",) and isinstance(value, dict) else value


def _preview(shape: Values, inputs: Values) -> Values:
    names = (*shape.get("both", ()), *shape.get("answers", ()), *shape.get("objects", ()))
    known = {name: inputs.get(name, UNKNOWN) for name in names} | dict.fromkeys(shape.get("ids", ()), UNKNOWN)
    objects = {name: inner for name, inner in shape.get("objects", {}).items() if isinstance(known[name], dict)}
    return known | {name: _preview(inner, known[name]) for name, inner in objects.items()}


def _parse_value(value: struct_pb2.Value) -> object:
    kind = value.WhichOneof("kind") or "null_value"
    if kind == "list_value":
        return [_parse_value(item) for item in value.list_value.values]
    plain = parse_struct(value.struct_value) if kind == "struct_value" else getattr(value, kind)
    return int(plain) if isinstance(plain, float) and plain.is_integer() else None if kind == "null_value" else plain


def _flatten(value: object, path: str = "") -> Values:
    """Path to each leaf: `{"sku.name": "S0", "rules[0]": "a"}`."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    parts = {f"{path}.{name}" if isinstance(name, str) else f"{path}[{name}]": item for name, item in items}
    leaves = [pair for name, item in parts.items() for pair in _flatten(item, name.lstrip(".")).items()]
    return dict(leaves) or {path: value}
