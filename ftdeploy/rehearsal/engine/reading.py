"""Commands that only read: `export`, `output`, `history`, in Pulumi's own shapes."""

from __future__ import annotations

import json
from typing import Any

from ftdeploy.rehearsal.engine.backend import Backend, get_version, tell_seconds
from ftdeploy.rehearsal.engine.failures import EngineError
from ftdeploy.rehearsal.engine.resource import ROOT_TYPE
from ftdeploy.rehearsal.engine.snapshot import Snapshot


def render_export(backend: Backend) -> str:
    """The stack's state, the journal of a killed update included, as `pulumi stack export` prints it."""
    latest = Snapshot(backend).to_latest()
    return json.dumps(get_version(latest) | {"deployment": latest}, indent=4, ensure_ascii=False)


def render_outputs(backend: Backend, name: str | None, *, as_json: bool) -> str:
    """The stack's outputs, or one of them, as `pulumi stack output` prints them.

    Raises:
        EngineError: there is no output of that name.
    """
    resources = Snapshot(backend).to_latest().get("resources") or ()
    outputs = next((each.get("outputs") or {} for each in resources if each["type"] == ROOT_TYPE), {})
    if name is None:
        return json.dumps(outputs, indent=2, ensure_ascii=False) if as_json else _render_table(outputs)
    if name not in outputs:
        raise EngineError(f"current stack does not have output property '{name}'")
    return json.dumps(outputs[name], indent=2) if as_json else _render_value(outputs[name])


def _render_table(outputs: dict[str, Any]) -> str:
    lines = [f"Current stack outputs ({len(outputs)}):"]
    if not outputs:
        return "\n".join([*lines, "    No output values currently in this stack"])
    width = max(len(key) for key in (*outputs, "OUTPUT"))
    rows = [("OUTPUT", "VALUE"), *((key, _render_value(value)) for key, value in sorted(outputs.items()))]
    return "\n".join([*lines, *(f"    {key:<{width}}  {value}" for key, value in rows)])


def _render_value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def render_history(backend: Backend, *, as_json: bool) -> str:
    """The stack's updates, the last one first, as `pulumi stack history` prints them."""
    entries = backend.list_history()
    if as_json:
        return json.dumps([_describe(each) for each in entries], indent=2, ensure_ascii=False)
    return "\n".join(_render_entry(each) for each in entries)


def _describe(entry: dict[str, Any]) -> dict[str, Any]:
    described = {key: entry[key] for key in ("version", "kind")}
    described |= {"startTime": tell_seconds(entry["startTime"]), "message": entry["message"]}
    described |= {"environment": entry["environment"], "config": {}, "result": entry["result"]}
    return described | {"endTime": tell_seconds(entry["endTime"]), "resourceChanges": entry["resourceChanges"]}


def _render_entry(entry: dict[str, Any]) -> str:
    changes = entry["resourceChanges"] or {}
    counts = (
        f"+{changes.get('create', 0)}-{changes.get('delete', 0)}~{changes.get('update', 0)} {changes.get('same', 0)}"
    )
    took = f"Updated {tell_seconds(entry['startTime'])} took {entry['endTime'] - entry['startTime']}s"
    lines = [f"Version: {entry['version']}", f"UpdateKind: {entry['kind']}", f"Status: {entry['result']}"]
    lines += [f"Message: {entry['message']}", f"{counts} {took}"]
    return "\n".join([*lines, *(f"    {key}: {value}" for key, value in entry["environment"].items()), ""])
