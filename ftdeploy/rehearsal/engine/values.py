"""Property values: between protobuf and plain Python, unknown ones included."""

from __future__ import annotations

from typing import Any, TypeAlias

from google.protobuf import struct_pb2

from ftdeploy.rehearsal.engine.failures import Refusal
from ftdeploy.rehearsal.engine.resource import Properties

Message: TypeAlias = Any
"""A protobuf message or a gRPC context: their modules are not typed."""
Value: TypeAlias = Any
"""A property's value: null, bool, number, text, list or object, or `UNKNOWN`."""
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""Stands for a value that is only known after the update."""
SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 a marker, not a secret
_OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e"
_SPECIAL = {
    SECRET: "secret values",
    "c44067f5952c0a294b673a41bacd8c17": "assets",
    "0def7320c3a5731c473e5ecbe6d01bc7": "archives",
}


def parse_struct(struct: struct_pb2.Struct) -> Properties:
    """A protobuf object as a dictionary; output values are unwrapped.

    Raises:
        Refusal: it holds a secret, an asset or an archive.
    """
    return {key: _parse(value) for key, value in struct.fields.items()}


def _parse(value: struct_pb2.Value) -> Value:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return _parse_object(value.struct_value)
    if kind == "list_value":
        return [_parse(each) for each in value.list_value.values]
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    return None if kind in {None, "null_value"} else getattr(value, kind)


def _parse_object(struct: struct_pb2.Struct) -> Value:
    mark = struct.fields[SIGNATURE].string_value if SIGNATURE in struct.fields else ""
    if mark == _OUTPUT:
        if struct.fields["secret"].bool_value:
            raise Refusal(_SPECIAL[SECRET])
        return _parse(struct.fields["value"]) if "value" in struct.fields else UNKNOWN
    if mark and mark != _RESOURCE:
        raise Refusal(_SPECIAL.get(mark, f"values of kind {mark}"))
    return parse_struct(struct)


def make_struct(properties: Properties) -> struct_pb2.Struct:
    """A dictionary as a protobuf object."""
    struct = struct_pb2.Struct()
    struct.update(properties)
    return struct


def has_unknown(value: Value) -> bool:
    """Whether anything in a value is only known after the update."""
    if isinstance(value, dict):
        return any(has_unknown(each) for each in value.values())
    if isinstance(value, list):
        return any(has_unknown(each) for each in value)
    return bool(value == UNKNOWN)
