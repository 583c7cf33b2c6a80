"""Pulumi's file backend: the stack's checkpoint, its lock, its history. Either engine can go on with the other's."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import socket
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.engine.failures import EngineError, Refusal
from ftdeploy.rehearsal.engine.resource import find_unsupported, tell_time
from ftdeploy.rehearsal.engine.values import SECRET

VERSION = "v3.260.0"
"""The release of the Pulumi CLI whose behaviour and files this engine follows."""
_KNOWN_FEATURES = {"hooks"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """One stack's place in a file backend."""

    folder: Path
    project: str
    stack: str

    @property
    def journal(self) -> Path:
        """What happened since the checkpoint was written; only while an update runs, or after it was killed."""
        return self._place("journals", ".ndjson")

    @property
    def _checkpoint(self) -> Path:
        return self._place("stacks", ".json")

    @property
    def _locks(self) -> Path:
        return self.folder / ".pulumi" / "locks" / "organization" / self.project / self.stack

    @property
    def _history(self) -> Path:
        return self.folder / ".pulumi" / "history" / self.project / self.stack

    def _place(self, kind: str, ending: str) -> Path:
        return self.folder / ".pulumi" / kind / self.project / f"{self.stack}{ending}"

    def load(self) -> dict[str, Any]:
        """The checkpoint's `latest`: `{"manifest", "resources", "pending_operations", …}`; empty for a new stack.

        Raises:
            Refusal: it holds what this engine would not treat rightly.
        """
        if not self._checkpoint.exists():
            return {}
        text = self._checkpoint.read_text(encoding="utf-8")
        document = json.loads(text)
        unknown = set(document.get("features") or ()) - _KNOWN_FEATURES
        latest: dict[str, Any] = document["checkpoint"].get("latest") or {}
        unsupported = next(filter(None, map(find_unsupported, latest.get("resources") or ())), None)
        if unknown or unsupported or SECRET in text:
            raise Refusal(f"what this stack's state holds: {', '.join(unknown) or unsupported or 'secret values'}")
        return latest

    def save(self, latest: Mapping[str, Any]) -> None:
        """Replace the checkpoint, whole or not at all."""
        meta = self.folder / ".pulumi" / "meta.yaml"
        if not meta.exists():
            _write(meta, "version: 1\n")
        _write(self._checkpoint, json.dumps(self._wrap(latest), ensure_ascii=False, separators=(",", ":")))

    def _wrap(self, latest: Mapping[str, Any]) -> dict[str, Any]:
        content = {"stack": f"organization/{self.project}/{self.stack}", "latest": latest}
        return get_version(latest) | {"checkpoint": content}

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the stack, as the Pulumi CLI does.

        Raises:
            EngineError: somebody else holds it; the message names the lock files.
        """
        mine = self._locks / f"{uuid.uuid4()}.json"
        self._check_locks(mine)
        owner = {"pid": os.getpid(), "username": getpass.getuser(), "hostname": socket.gethostname()}
        _write(mine, json.dumps(owner | {"timestamp": tell_time()}))
        try:
            self._check_locks(mine)
            yield
        finally:
            mine.unlink(missing_ok=True)

    def _check_locks(self, mine: Path) -> None:
        others = [each for each in sorted(self._locks.glob("*.json")) if each != mine]
        if not others:
            return
        text = f"the stack is currently locked by {len(others)} lock(s). Either wait for the other process(es) to end"
        lines = [f"{text} or delete the lock file with `pulumi cancel`."]
        for each in others:
            lock = json.loads(each.read_text(encoding="utf-8"))
            who = f"{lock['username']}@{lock['hostname']} (pid {lock['pid']})"
            lines.append(f"  file://{each}: created by {who} at {lock['timestamp']}")
        raise EngineError("\n".join(lines))

    def cancel(self) -> None:
        """Remove every lock, whoever holds it."""
        for each in self._locks.glob("*.json"):
            each.unlink(missing_ok=True)

    def record(self, entry: Mapping[str, Any], latest: Mapping[str, Any], *, nanoseconds: int) -> None:
        """Add an update to the history."""
        stem = f"{self.stack}-{nanoseconds}"
        _write(self._history / f"{stem}.history.json", json.dumps(entry))
        _write(self._history / f"{stem}.checkpoint.json", json.dumps(self._wrap(latest)))

    def list_history(self) -> list[dict[str, Any]]:
        """Every update, the last one first."""
        paths = sorted(self._history.glob("*.history.json"), reverse=True)
        return [json.loads(each.read_text(encoding="utf-8")) for each in paths]


def get_version(latest: Mapping[str, Any]) -> dict[str, Any]:
    """`{"version": 3}`, or 4 with the features that the resources need."""
    if any(each.get("resourceHooks") for each in latest.get("resources") or ()):
        return {"version": 4, "features": ["hooks"]}
    return {"version": 3}


def make_manifest() -> dict[str, str]:
    """A checkpoint's manifest; the magic is a checksum of the version."""
    return {"time": tell_time(), "magic": hashlib.sha256(VERSION.encode()).hexdigest(), "version": VERSION}


def tell_seconds(seconds: float) -> str:
    """A history entry's time for people's programs: `2026-11-21T10:51:55.000Z`."""
    return datetime.utcfromtimestamp(seconds).strftime("%Y-%m-%dT%H:%M:%S.000Z")  # noqa: DTZ004 printed as UTC


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
