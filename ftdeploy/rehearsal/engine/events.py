"""Pulumi's engine events: one JSON object a line in a log, short lines for people when something fails."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.engine.resource import ROOT_TYPE, Properties, Resource, get_name
from ftdeploy.rehearsal.engine.step import Step

_DIFF_KINDS = ("add", "add-replace", "delete", "delete-replace", "update", "update-replace")
"""Words for `pulumirpc.PropertyDiff.Kind`, in its order."""


class Events:
    """Tells what happens, from any thread."""

    def __init__(self, log: Path | None) -> None:
        self._log = log.open("w", encoding="utf-8") if log else None
        self._lock = threading.Lock()
        self._sequence = 0
        self._reset()

    def begin(self, config: Mapping[str, str], *, is_preview: bool) -> None:
        """Tell that a phase begins; it starts counting anew."""
        self._reset(is_preview=is_preview)
        self._emit("preludeEvent", {"config": dict(config)})

    def _reset(self, *, is_preview: bool = False) -> None:
        self._mark = {"planning": True} if is_preview else {}
        self.changes: Counter[str] = Counter()
        self._began = time.monotonic()
        self._digest: dict[str, Any] = {"steps": [], "diagnostics": []}

    def end(self, result: str, packs: Mapping[str, str]) -> None:
        """Tell what came of a phase: `succeeded`, `failed` or `canceled`."""
        seconds = time.monotonic() - self._began
        self._digest["duration"] = int(seconds * 1e9)
        self._digest["changeSummary"] = dict(self.changes)
        summary = {"durationSeconds": round(seconds), "resourceChanges": dict(self.changes)}
        told = {"PolicyPacks": dict(packs), "isPreview": bool(self._mark), "result": result}
        self._emit("summaryEvent", summary | told)

    def render_digest(self) -> dict[str, Any]:
        """What `pulumi preview --json` prints; empty parts are left out."""
        return {key: value for key, value in self._digest.items() if value}

    def close(self) -> None:
        """Tell that nothing more comes."""
        self._emit("cancelEvent", {})
        if self._log is not None:
            self._log.close()

    def tell(self, message: str, *, severity: str = "info", urn: str = "") -> None:
        """A diagnostic: `debug`, `info`, `info#err`, `warning` or `error`; people see errors on stderr."""
        prefix = f"{severity}: " if severity in {"debug", "warning", "error"} else ""
        told = {"urn": urn, "prefix": prefix, "message": message + "\n"}
        told = {key: value for key, value in told.items() if value}
        self._emit("diagnosticEvent", told | {"color": "never", "severity": severity})
        if severity == "error":
            where = f"{get_name(urn)}: " if urn else ""
            sys.stderr.write(f"error: {where}{message.strip()}\n")
        if severity != "debug":
            shown = {"urn": urn} if urn else {}
            self._digest["diagnostics"].append(shown | {"message": prefix + told["message"], "severity": severity})

    def tell_policy(self, violation: Mapping[str, str]) -> None:
        """A policy's verdict, with the keys of `policyEvent`."""
        if violation["enforcementLevel"] == "mandatory":
            where = get_name(violation["resourceUrn"])
            sys.stderr.write(f"error: {where}: [{violation['policyName']}] {violation['message'].strip()}\n")
        told = {**violation, "color": "never", "policyPackVersionTag": violation["policyPackVersion"]}
        self._emit("policyEvent", told)

    def tell_begin(self, step: Step) -> None:
        """A step is about to be taken."""
        self._emit("resourcePreEvent", _describe(step, step.op) | self._mark)
        self._add_to_digest(step)

    def tell_end(self, step: Step, op: str) -> None:
        """A step is done, or a component has its outputs; `op` is what a refresh found."""
        self._emit("resOutputsEvent", _describe(step, op) | self._mark)

    def tell_failure(self, step: Step, *, is_partial: bool) -> None:
        """A step failed; a partial failure has left something behind, a refused create nothing, others who knows."""
        status = 1 if is_partial else 0 if step.op.startswith("create") else 2
        told = {"status": status, "steps": self.changes.total()}
        self._emit("resOpFailedEvent", _describe(step, step.op) | told)

    def _emit(self, kind: str, payload: Mapping[str, Any]) -> None:
        with self._lock:
            if self._log is None:
                return
            event = {"sequence": self._sequence, "timestamp": int(time.time()), kind: payload}
            self._sequence += 1
            self._log.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n")
            self._log.flush()

    def _add_to_digest(self, step: Step) -> None:
        is_protection_changed = step.old and step.new and step.old.protect != step.new.protect
        is_same = step.op == "same" and step.resource.type != ROOT_TYPE and not is_protection_changed
        if is_same or not step.is_logical:
            return
        told: dict[str, Any] = {"op": step.op, "urn": step.urn, "provider": step.resource.provider}
        told |= {key: each.to_json() for key, each in (("oldState", step.old), ("newState", step.new)) if each}
        told |= {"diffReasons": step.diff.changes, "replaceReasons": _list_keys(step)}
        told = {key: value for key, value in told.items() if value}
        kinds = _name_kinds(step)
        detailed = None if kinds is None else {k: v | {"kind": v.pop("diffKind")} for k, v in kinds.items()}
        self._digest["steps"].append(told | {"detailedDiff": detailed})


def _describe(step: Step, op: str) -> dict[str, Any]:
    data: dict[str, Any] = {"op": op, "urn": step.urn, "type": step.resource.type}
    data |= {"old": _describe_state(step.old), "new": _describe_state(step.new)}
    data |= {key: names for key, names in (("keys", _list_keys(step)), ("diffs", step.diff.changes)) if names}
    data["detailedDiff"] = _name_kinds(step)
    if step.is_logical:
        data["logical"] = True
    return {"metadata": data | {"provider": step.resource.provider}}


def _list_keys(step: Step) -> list[str]:
    """Inputs that make it a replacement."""
    return step.diff.replaces if step.op in {"replace", "create-replacement"} else []


def _name_kinds(step: Step) -> dict[str, dict[str, Any]] | None:
    if step.diff.detailed is None:
        return None
    found = step.diff.detailed.items()
    return {key: {"diffKind": _DIFF_KINDS[kind], "inputDiff": is_input} for key, (kind, is_input) in found}


def _describe_state(state: Resource | None) -> Properties | None:
    if state is None:
        return None
    names = ("type", "urn", "custom", "id", "parent", "protect", "inputs", "outputs", "provider")
    data = {name: getattr(state, name) for name in names if getattr(state, name) is not False}
    return data | ({"initErrors": state.init_errors} if state.init_errors else {})
