"""What Azure is uncertain or has changed its mind about, as settings: dated defaults with a source, changed by name.

Each provider lists its own in `settings.json`:

    [{"id": "accountsPerRegion", "title": "How many accounts a subscription may have in a region.", "kind": "count",
      "defaults": [{"value": 30}], "tag": "documented", "source": "azure-ai-docs …"},
     {"id": "oneDeploymentPerModel", "title": "…", "kind": "flag",
      "defaults": [{"value": true}, {"from": "2025-02-27", "value": false}], "tag": "documented", "source": "…"}]

The emulator's clock selects the default: the last whose day has come.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.azure.behaviours import Tag
from ftdeploy.rehearsal.azure.clock import Clock
from ftdeploy.rehearsal.azure.store import Store

Value = float | int | bool | list[str]
_KEPT_AS = "setting:"
_KINDS = {
    "seconds": "a number of seconds not below 0",
    "count": "a whole number not below 0",
    "flag": "true or false",
    "words": "a list of texts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that can be set."""

    id: str
    title: str
    kind: str
    """`seconds`, `count`, `flag` or `words`."""
    defaults: tuple[tuple[datetime, Value], ...]
    """From when which value holds, oldest first."""
    tag: Tag
    """How surely Azure has the latest default."""
    source: str

    def get_default(self, now: datetime) -> Value:
        """What holds at a moment where nothing was set."""
        return [value for since, value in self.defaults if since <= now][-1]

    def takes(self, value: object) -> bool:
        """Whether a value is of the setting's kind."""
        if self.kind == "flag":
            return isinstance(value, bool)
        if self.kind == "words":
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        numbers = (int,) if self.kind == "count" else (int, float)
        return isinstance(value, numbers) and not isinstance(value, bool) and 0 <= value < float("inf")


class BadSetting(ValueError):
    """No setting of that name, or a value it does not take; the text says what it takes."""


@cache
def list_settings() -> tuple[Setting, ...]:
    """All settings of all providers, sorted by id."""
    files = sorted(Path(__file__).parent.glob("*/settings.json"))
    entries = [each for file in files for each in json.loads(file.read_text(encoding="utf-8"))]
    return tuple(_read(each) for each in sorted(entries, key=lambda each: str(each["id"])))


def get_setting(name: str) -> Setting:
    """The setting of that id.

    Raises:
        BadSetting: there is none; the text names the nearest.
    """
    known = {each.id: each for each in list_settings()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; one of: {', '.join(known)}"
        raise BadSetting(f"no setting is called {name}{hint}")
    return known[name]


class Settings:
    """What holds at present: what was set, else the default of the day."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def get(self, name: str) -> Value:
        """The value of a setting, of its kind."""
        kept = self._store.find_setting(f"{_KEPT_AS}{name}")
        if kept is not None:
            found: Value = json.loads(kept)
            return found
        return get_setting(name).get_default(self._clock.now())

    def get_seconds(self, name: str) -> float:
        """The value of a setting of kind `seconds`."""
        return float(self.get(name))  # type: ignore[arg-type]

    def get_count(self, name: str) -> int:
        """The value of a setting of kind `count`."""
        return int(self.get(name))  # type: ignore[arg-type]

    def is_on(self, name: str) -> bool:
        """The value of a setting of kind `flag`."""
        return bool(self.get(name))

    def get_words(self, name: str) -> tuple[str, ...]:
        """The value of a setting of kind `words`."""
        found = self.get(name)
        return tuple(found) if isinstance(found, list) else ()

    def put(self, name: str, value: object) -> None:
        """Set something, for this state and from now on.

        Raises:
            BadSetting: no such setting, or not such a value.
        """
        setting = get_setting(name)
        if not setting.takes(value):
            raise BadSetting(f"{name} is {_KINDS[setting.kind]}, not {json.dumps(value)}")
        self._store.keep_setting(f"{_KEPT_AS}{name}", json.dumps(value))

    def render(self, *, only_changed: bool = False) -> dict[str, Value]:
        """Every setting, or every one that is not as by default, with its value: `{"operationSeconds": 0.0, …}`."""
        now = self._clock.now()
        found = [(each, self.get(each.id)) for each in list_settings()]
        return {each.id: it for each, it in found if not only_changed or it != each.get_default(now)}


def _read(entry: dict[str, Any]) -> Setting:
    defaults = [(_read_day(each.get("from", "0001-01-01")), each["value"]) for each in entry["defaults"]]
    return Setting(
        id=entry["id"],
        title=entry["title"],
        kind=entry["kind"],
        defaults=tuple(defaults),
        tag=Tag(entry["tag"]),
        source=entry["source"],
    )


def _read_day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
