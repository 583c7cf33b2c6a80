"""The embedded engine does what the Pulumi CLI did with the scripted plugin."""

from __future__ import annotations

import pytest

from tests.golden.scripted import PARTS, walk
from tests.golden.scripted_journeys import JOURNEYS
from tests.golden.transcript import find_differences, load_record


@pytest.mark.parametrize("name", JOURNEYS)
def test_embedded_engine_equals_the_record(name, tmp_path):
    walked, recorded = walk(tmp_path / "demo", JOURNEYS[name], "embedded"), load_record(f"scripted/{name}")

    assert find_differences(walked, recorded, PARTS) == []
    assert walked == recorded
