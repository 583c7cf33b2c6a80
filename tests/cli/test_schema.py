from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize("file", ["stack", "fleet", "model", "origin"])
def test_schema_is_json_with_its_dialect(command, file):
    told = command("schema", file)

    assert told.exit_code == 0
    assert json.loads(told.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
