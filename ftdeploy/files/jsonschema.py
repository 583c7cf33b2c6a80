"""JSON schemas of the files people write and read: `python -m ftdeploy.files.jsonschema docs/reference`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ftdeploy.domain.docstrings import list_attribute_docstrings
from ftdeploy.files.schema.fields import Schema
from ftdeploy.files.schema.fleet import FleetFile
from ftdeploy.files.schema.models import ModelFile, OriginFile
from ftdeploy.files.schema.record import RecordFile
from ftdeploy.files.schema.stack import StackFile

_FILES: Mapping[str, type[Schema]] = {
    "fleet": FleetFile,
    "model": ModelFile,
    "origin": OriginFile,
    "record": RecordFile,
    "stack": StackFile,
}


def render_schemas() -> dict[str, str]:
    """File name to JSON text, such as `stack.schema.json`."""
    _describe(Schema)
    return {f"{name}.schema.json": _render(schema) for name, schema in _FILES.items()}


def write_schemas(folder: Path) -> None:
    """Writes every schema into a folder."""
    for name, text in render_schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _render(schema: type[Schema]) -> str:
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    plain = _simplify(schema.model_json_schema(by_alias=True))
    return json.dumps(dialect | plain, indent=2, ensure_ascii=False) + "\n"


def _describe(schema: type[Schema]) -> None:
    """Give the fields of all schemas their descriptions: not while they are declared, which takes long."""
    for name, text in list_attribute_docstrings(schema).items():
        schema.model_fields[name].description = text
    schema.model_rebuild(force=True)
    for each in schema.__subclasses__():
        _describe(each)


def _simplify(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Without titles, which repeat the keys, and without the null of keys that may be absent."""
    if isinstance(value, list):
        return [_simplify(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _simplify(each) for key, each in value.items() if not _is_noise(key, each)}
    forms = [each for each in kept.get("anyOf", ()) if each != {"type": "null"}]
    return kept if len(forms) != 1 else {key: each for key, each in kept.items() if key != "anyOf"} | forms[0]


def _is_noise(key: str, value: object) -> bool:
    return (key == "default" and value is None) or (key == "title" and isinstance(value, str))


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
