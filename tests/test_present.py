"""`FTDEPLOY_NOW`: the moment that commands take for the present."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ftdeploy.errors import InputError
from ftdeploy.present import read_present


def test_present_is_the_machines_unless_told_otherwise() -> None:
    before = datetime.now(UTC)

    assert before <= read_present({}) <= datetime.now(UTC)
    assert read_present({"FTDEPLOY_NOW": "2026-12-24T08:00:00Z"}) == datetime(2026, 12, 24, 8, tzinfo=UTC)


@pytest.mark.parametrize("text", ["tomorrow", "2026-12-24T08:00:00"])
def test_moment_without_a_time_zone_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=f"`{text}` is no moment with a time zone"):
        read_present({"FTDEPLOY_NOW": text})
