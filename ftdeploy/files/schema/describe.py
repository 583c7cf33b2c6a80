"""What a schema says of the mapping or field at a key path."""

from __future__ import annotations

from typing import Any, get_args

from ftdeploy.files.schema.fields import Schema


def find_schema(schema: type[Schema], path: tuple[str | int, ...]) -> type[Schema] | None:
    """The schema of the mapping at a path."""
    here: Any = schema
    for step in path:
        if isinstance(here, type) and issubclass(here, Schema):
            fields = {each.alias or name: each.annotation for name, each in here.model_fields.items()}
            here = fields.get(str(step))
        else:
            here = get_args(here)[-1]
        here = _unwrap(here)
    return here if isinstance(here, type) and issubclass(here, Schema) else None


def _unwrap(annotation: Any) -> Any:  # noqa: ANN401 - annotations have no type of their own
    """Without `Annotated` and None; of several forms, the one that is a mapping."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    parts = [_unwrap(each) for each in get_args(annotation) if each is not type(None)]
    if not parts or getattr(annotation, "__origin__", None) in (dict, list):
        return annotation
    schemas = [each for each in parts if isinstance(each, type) and issubclass(each, Schema)]
    is_literal = all(isinstance(each, str) for each in parts)
    return schemas[0] if schemas else annotation if is_literal else parts[0]


def list_keys(schema: type[Schema]) -> list[str]:
    """The keys that the mapping may have, as files spell them."""
    return [each.alias or name for name, each in schema.model_fields.items()]


def describe_field(parent: type[Schema], key: str) -> tuple[object, tuple[str, ...]]:
    """An example of a field's value, and its closed list of values."""
    found = next(each for name, each in parent.model_fields.items() if key in (each.alias, name))
    literal = _unwrap(found.annotation)
    allowed = tuple(each for each in get_args(literal) if isinstance(each, str))
    return (found.examples or [None])[0], allowed
