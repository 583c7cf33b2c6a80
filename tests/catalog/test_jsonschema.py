"""The schemas that editors read are those of the code."""

from pathlib import Path

import pytest

from ftdeploy.catalog.jsonschema import render_schemas

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["models", "ptu", "regions", "roles"])
def test_committed_schema_is_fresh_and_named_by_its_file(name):
    file_name = f"catalog-{name}.schema.json"

    committed = (ROOT / "docs/reference" / file_name).read_text(encoding="utf-8")

    first = (ROOT / f"ftdeploy/catalog/{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert committed == render_schemas()[file_name], "run `python -m ftdeploy.catalog.jsonschema docs/reference`"
    assert first.endswith(f"$schema=../../docs/reference/{file_name}")
