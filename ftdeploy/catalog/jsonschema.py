"""JSON schemas of the catalogue's files, for editors: `python -m ftdeploy.catalog.jsonschema docs/reference`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from ftdeploy.catalog.schema import Entry, ModelEntry, PtuEntry, RegionEntry, RoleEntry
from ftdeploy.domain.docstrings import list_attribute_docstrings

_FILES: Mapping[str, type[Entry]] = {
    "models": ModelEntry,
    "ptu": PtuEntry,
    "regions": RegionEntry,
    "roles": RoleEntry,
}


def render_schemas() -> dict[str, str]:
    """File name to JSON text, such as `catalog-ptu.schema.json`."""
    return {f"catalog-{name}.schema.json": _render(entry) for name, entry in _FILES.items()}


def _render(entry: type[Entry]) -> str:
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    for name, text in list_attribute_docstrings(entry).items():
        entry.model_fields[name].description = text  # not while entries are declared: that takes long
    entry.model_rebuild(force=True)
    adapter: TypeAdapter[list[Entry]] = TypeAdapter(list[entry])  # type: ignore[valid-type]
    return json.dumps(dialect | adapter.json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for file_name, text in render_schemas().items():
        (Path(sys.argv[1]) / file_name).write_text(text, encoding="utf-8")
