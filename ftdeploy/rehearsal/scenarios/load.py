"""Scenario files: what exists on the pretend Azure before a rehearsal begins."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ftdeploy.errors import Place, refuse

REFERENCE = Path(__file__).with_name("reference.yaml")
_KEYS = frozenset(
    {
        "tenants",
        "subscriptions",
        "principals",
        "roleAssignments",
        "resources",
        "fineTunedModels",
        "quota",
        "capacity",
        "clock",
        "calls",
        "settings",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What existed beforehand, as plain data.

    `{"tenants": [{"id", "name"}], "subscriptions": […], "principals": […], "resources": […], …}`
    """

    data: dict[str, Any]

    @property
    def pipeline(self) -> dict[str, str]:
        """The principal that deploys: the first one with a secret. `{"clientId", "secret", "tenant", …}`."""
        found: dict[str, str] = next(each for each in self.data["principals"] if "secret" in each)
        return found


def load_scenario(path: Path | None) -> Scenario:
    """The scenario of a YAML file, or the reference scenario.

    Raises:
        InputError: the file is missing, is not YAML, or has keys that no scenario has.
    """
    if path is None:
        return _parse_scenario(REFERENCE.read_text(encoding="utf-8"), REFERENCE.name)
    if not path.is_file():
        raise refuse("no such scenario file", where=str(path), fix="name a file that exists with `--scenario FILE`")
    return _parse_scenario(path.read_text(encoding="utf-8"), str(path))


def read_scenario(path: Path) -> Scenario:
    """The scenario that a world was begun with, as it was written down then."""
    return Scenario(data=json.loads(path.read_text(encoding="utf-8")))


def _parse_scenario(text: str, name: str) -> Scenario:
    import yaml  # only the first command of a rehearsal needs it

    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise refuse(
            f"not YAML: {error.problem}", where=Place(name=name, line=line), fix="mend the line that is named"
        ) from error
    if not isinstance(data, dict) or not data.get("principals"):
        raise refuse("a scenario needs `principals`", where=name, fix="begin with a copy of the reference scenario")
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise refuse(
            f"unknown keys {', '.join(unknown)}", where=name, fix=f"use only these: {', '.join(sorted(_KEYS))}"
        )
    if not any("secret" in each for each in data["principals"]):
        raise refuse("no principal has a `secret`", where=name, fix="give one to the principal that deploys")
    return Scenario(data=data)
