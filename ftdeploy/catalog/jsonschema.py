"""JSON schemas of the catalogue's files, for editors: `python -m ftdeploy.catalog.jsonschema docs/reference`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from ftdeploy.catalog.read import FILES
from ftdeploy.catalog.schema import Entry, PtuStep
from ftdeploy.domain.docstrings import list_attribute_docstrings


def render_schemas() -> dict[str, str]:
    """File name to JSON text, such as `catalog-ptu.schema.json`."""
    _describe(PtuStep)
    return {f"catalog-{name}.schema.json": _render(entry) for name, entry in FILES.items()}


def _render(entry: type[Entry]) -> str:
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    _describe(entry)
    adapter: TypeAdapter[list[Entry]] = TypeAdapter(list[entry])  # type: ignore[valid-type]
    return json.dumps(dialect | adapter.json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"


def _describe(schema: type[BaseModel]) -> None:
    """Not while entries are declared: that takes long."""
    for name, text in list_attribute_docstrings(schema).items():
        schema.model_fields[name].description = text
    schema.model_rebuild(force=True)


if __name__ == "__main__":
    for file_name, text in render_schemas().items():
        (Path(sys.argv[1]) / file_name).write_text(text, encoding="utf-8")
