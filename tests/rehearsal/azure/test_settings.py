"""Settings have dated defaults, are changed by name, and are refused whole."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ftdeploy.rehearsal.azure import settings
from ftdeploy.rehearsal.azure.behaviours import Tag
from ftdeploy.rehearsal.azure.settings import Setting, list_settings
from tests.rehearsal.azure.pretend import Pretend

ADDRESS = "/_rehearsal/settings"


def build_setting(kind: str = "flag", **values: object) -> Setting:
    long_ago, later = datetime(1, 1, 1, tzinfo=UTC), datetime(2025, 2, 27, tzinfo=UTC)
    defaults = ((long_ago, True), (later, False))
    return Setting(**{"id": "x", "title": "X.", "kind": kind, "defaults": defaults, "tag": Tag.ASSUMED, "source": "y"})


@pytest.mark.parametrize(
    ("day", "value"),
    [("2025-02-26", True), ("2025-02-27", False), ("2026-11-26", False)],
    ids=["before", "on", "after"],
)
def test_default_is_the_last_whose_day_has_come(day: str, value: bool) -> None:
    assert build_setting().get_default(datetime.fromisoformat(day).replace(tzinfo=UTC)) is value


@pytest.mark.parametrize(
    ("kind", "value", "is_taken"),
    [
        ("seconds", 0.5, True),
        ("seconds", -1, False),
        ("seconds", True, False),
        ("count", 3, True),
        ("count", 3.5, False),
        ("flag", False, True),
        ("flag", 0, False),
        ("words", ["a"], True),
        ("words", "a", False),
    ],
)
def test_value_is_taken_by_kind(kind: str, value: object, is_taken: bool) -> None:
    assert build_setting(kind).takes(value) is is_taken


def test_one_bad_setting_changes_none(pretend: Pretend) -> None:
    response = pretend.http.put(ADDRESS, json={"operationSeconds": 3, "operationSecond": 1})

    assert response.status_code == 400
    assert "did you mean operationSeconds?" in response.json()["error"]["message"]
    assert pretend.http.get(ADDRESS).json()["operationSeconds"] == 0


def test_registry_is_sorted_read_and_sourced() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(settings.__file__).parent.rglob("*.py"))
    quoted = set(re.findall(r'"([a-z]+(?:[A-Z0-9][a-zA-Z0-9]*)*)"', code))
    ids = [each.id for each in list_settings()]

    assert ids == sorted(set(ids))
    assert set(ids) <= quoted
    assert all(each.source and each.title.endswith(".") and each.defaults for each in list_settings())
