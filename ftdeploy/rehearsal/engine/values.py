"""Property values: between protobuf and plain Python, unknown ones included."""

from __future__ import annotations

from typing import Any, TypeAlias

from google.protobuf import json_format, struct_pb2

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
_SPECIAL = {"c44067f5952c0a294b673a41bacd8c17": "assets", "0def7320c3a5731c473e5ecbe6d01bc7": "archives"}
_SPECIAL |= dict.fromkeys((SECRET, _OUTPUT), "secret values")


def parse_struct(struct: struct_pb2.Struct) -> Properties:
    """A protobuf object as a dictionary; output values are unwrapped.

    Raises:
        Refusal: it holds a secret, an asset or an archive.
    """
    return {key: _unwrap(value) for key, value in json_format.MessageToDict(struct).items()}


def _unwrap(value: Value) -> Value:
    if isinstance(value, list):
        return [_unwrap(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, dict):
        return value
    mark = value.get(SIGNATURE)
    if mark == _OUTPUT and not value.get("secret"):
        return _unwrap(value.get("value", UNKNOWN))
    if mark not in {None, _RESOURCE}:
        raise Refusal(_SPECIAL.get(mark, f"values of kind {mark}"))
    return {key: _unwrap(each) for key, each in value.items()}


def make_struct(properties: Properties) -> struct_pb2.Struct:
    """A dictionary as a protobuf object."""
    struct = struct_pb2.Struct()
    struct.update(properties)
    return struct


def has_unknown(value: Value) -> bool:
    """Whether anything in a value is only known after the update."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(value == UNKNOWN) or any(map(has_unknown, inner))
