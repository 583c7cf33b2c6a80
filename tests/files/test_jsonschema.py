"""The schemas that editors read are those of the code."""

import json
from pathlib import Path

import pytest

from ftdeploy.files.jsonschema import render_schemas

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["fleet", "model", "origin", "record", "stack"])
def test_committed_schema_is_fresh(name):
    file_name = f"{name}.schema.json"

    committed = (ROOT / "docs/reference" / file_name).read_text(encoding="utf-8")

    assert committed == render_schemas()[file_name], "run `python -m ftdeploy.files.jsonschema docs/reference`"


def test_every_key_is_described():
    schemas = [json.loads(each) for each in render_schemas().values()]

    shapes = [shape for each in schemas for shape in (each, *each.get("$defs", {}).values())]
    bare = [key for shape in shapes for key, field in shape["properties"].items() if "description" not in field]
    assert bare == []


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("stacks/*.yaml")) + sorted(ROOT.glob("models/**/*.yaml")) + [ROOT / "fleet.yaml"],
    ids=lambda each: each.stem,
)
def test_reference_file_points_to_a_schema_that_exists(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]

    schema = first.removeprefix("# yaml-language-server: $schema=")

    assert path.name.startswith("Pulumi.") or (path.parent / schema).resolve().parent == ROOT / "docs/reference"
