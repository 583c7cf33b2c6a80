"""What exists while an update runs, and the journal that survives it.

Two lists, as in Pulumi: what was there before, and what this update has registered so far. Every change is one entry,
appended to the journal before the checkpoint is written again; reading a killed update's journal applies the same
entries. The whole file is written often while that is quick and seldom when it is not.
"""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from ftdeploy.rehearsal.engine.backend import Backend, make_manifest
from ftdeploy.rehearsal.engine.resource import Resource, parse_resource, split_reference

_REFERRING = ("parent", "provider", "dependencies", "propertyDependencies")
_SHARE = 20
"""Writing checkpoints takes at most one part in so many of an update's time. Ours."""


@dataclass(slots=True, kw_only=True)
class Entry:
    """One change: `add`, `find`, `save` or `drop` a resource, `begin` or `end` an operation."""

    do: str
    key: int
    kind: str = ""
    """Of a begun operation: `creating`, `updating`, `deleting`, `reading`."""
    resource: Resource | None = None

    def to_json(self) -> dict[str, Any]:
        """Its line in the journal."""
        data: dict[str, Any] = {"do": self.do, "key": self.key}
        data |= {"kind": self.kind} if self.kind else {}
        return data | ({"resource": self.resource.to_json()} if self.resource else {})


class Snapshot:
    """A stack's resources and unfinished operations; safe to change from many threads."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._latest = backend.load()
        self._lock = threading.Lock()
        self._keys = itertools.count(1)
        self._before: dict[int, Resource] = {}
        self._now: dict[int, Resource] = {}
        self._operations: dict[int, tuple[str, Resource]] = {}
        self._journal: IO[str] | None = None
        self._next_write = 0.0
        self._timer: threading.Timer | None = None
        self._is_closed = False
        self._take_latest()

    def _take_latest(self) -> None:
        header, *lines = self._read_journal() or [{}]
        last = max([0, *header.get("keys", ()), *(each["key"] for each in lines)])
        self._keys = itertools.count(last + 1)
        keys = iter(header.get("keys", ()))
        for at, data in enumerate(self._latest.get("resources") or ()):
            place = self._now if at < header.get("now", 0) else self._before
            self._put(place, parse_resource(data), next(keys, 0) or next(self._keys))
        for data in self._latest.get("pending_operations") or ():
            self._operations[next(keys, 0) or next(self._keys)] = (data["type"], parse_resource(data["resource"]))
        for line in lines:
            resource = parse_resource(line["resource"]) if "resource" in line else None
            self._apply(Entry(do=line["do"], key=line["key"], kind=line.get("kind", ""), resource=resource))
        self._before, self._now = self._now | self._before, {}
        self.is_folded = bool(lines)

    def _read_journal(self) -> list[dict[str, Any]]:
        """Header and entries of a killed update; nothing when the checkpoint is newer than the journal."""
        if not self._backend.journal.exists():
            return []
        *lines, _unfinished = self._backend.journal.read_text(encoding="utf-8").split("\n")
        entries = [json.loads(line) for line in lines]
        is_current = bool(entries) and entries[0]["base"] == self._latest.get("manifest", {}).get("time")
        return entries if is_current else []

    @staticmethod
    def _put(place: dict[int, Resource], resource: Resource, key: int) -> None:
        resource.key = key
        place[key] = resource

    def _apply(self, entry: Entry) -> None:
        if entry.do == "end":
            self._operations.pop(entry.key)
        elif entry.do == "drop":
            for place in (self._before, self._now):
                place.pop(entry.key, None)
        elif entry.resource is not None:
            if entry.do == "begin":
                self._operations[entry.key] = (entry.kind, entry.resource)
            elif entry.do == "find":
                self._put(self._before, entry.resource, entry.key)
            else:
                self._put(self._before if entry.key in self._before else self._now, entry.resource, entry.key)

    def _change(self, entry: Entry) -> None:
        with self._lock:
            if self._journal is None:
                self._write()
            assert self._journal is not None  # noqa: S101 opened by _write
            self._journal.write(json.dumps(entry.to_json()) + "\n")
            self._journal.flush()
            self._apply(entry)
            left_seconds = self._next_write - time.monotonic()
            if left_seconds <= 0:
                self._write()
            elif self._timer is None:
                self._timer = threading.Timer(min(left_seconds, threading.TIMEOUT_MAX), self._write_later)
                self._timer.daemon = True
                self._timer.start()

    def _write_later(self) -> None:
        """Write what came since the last time: the next change may be an hour away, and the CLI knows no journal."""
        with self._lock:
            if not self._is_closed:
                self._write()

    def begin(self, kind: str, resource: Resource) -> int:
        """Note an operation that is about to be sent; gives its number."""
        key = next(self._keys)
        self._change(Entry(do="begin", key=key, kind=kind, resource=resource))
        return key

    def end(self, operation: int) -> None:
        """Note that an operation is over, however it ended."""
        self._change(Entry(do="end", key=operation))

    def add(self, resource: Resource) -> None:
        """Note what this update registered."""
        self._change(Entry(do="add", key=next(self._keys), resource=resource))

    def add_found(self, resource: Resource) -> None:
        """Note what was there and not known, after everything that it may depend on."""
        self._change(Entry(do="find", key=next(self._keys), resource=resource))

    def save(self, resource: Resource) -> None:
        """Note that a resource changed; nothing to do when it is gone."""
        if resource.key in self._now or resource.key in self._before:
            self._change(Entry(do="save", key=resource.key, resource=resource))

    def drop(self, resource: Resource) -> None:
        """Note that a resource is gone, or has another state."""
        self._change(Entry(do="drop", key=resource.key))

    def list_before(self) -> list[Resource]:
        """What was there before this update and is not yet replaced by what it registered."""
        with self._lock:
            return list(self._before.values())

    def list_pending(self) -> list[tuple[int, str, Resource]]:
        """Operations that were begun and not ended: number, kind, resource."""
        with self._lock:
            return [(key, kind, resource) for key, (kind, resource) in self._operations.items()]

    def to_latest(self) -> dict[str, Any]:
        """The checkpoint's `latest` of this moment."""
        resources = [*self._now.values(), *self._before.values()]
        fixed = rename_aliased([each.to_json() for each in resources])
        pending = [{"resource": each.to_json(), "type": kind} for kind, each in self._operations.values()]
        known = {"secrets_providers": self._latest.get("secrets_providers"), "resources": fixed}
        filled = {key: value for key, value in {**known, "pending_operations": pending}.items() if value}
        return {"manifest": make_manifest(), **filled, "metadata": self._latest.get("metadata") or {}}

    def _write(self) -> None:
        self._cancel_timer()
        began = time.monotonic()
        latest = self.to_latest()
        self._backend.save(latest)
        keys = [*self._now, *self._before, *self._operations]
        header = {"base": latest["manifest"]["time"], "now": len(self._now), "keys": keys}
        if self._journal is not None:
            self._journal.close()
        self._backend.journal.parent.mkdir(parents=True, exist_ok=True)
        self._journal = self._backend.journal.open("w", encoding="utf-8")
        self._journal.write(json.dumps(header) + "\n")
        self._journal.flush()
        now = time.monotonic()
        self._next_write = now + _SHARE * (now - began)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def close(self) -> dict[str, Any]:
        """Write the checkpoint, forget the journal; gives the checkpoint's `latest`."""
        with self._lock:
            self._is_closed = True
            self._cancel_timer()
            latest = self.to_latest()
            self._backend.save(latest)
            if self._journal is not None:
                self._journal.close()
            self._backend.journal.unlink(missing_ok=True)
        return latest


def rename_aliased(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let every reference to a resource's former URN name its present one, and forget the former."""
    renamed = {alias: each["urn"] for each in resources for alias in each.pop("aliases", ())}
    if not renamed:
        return resources
    return [each | {key: _rename(each[key], renamed) for key in _REFERRING if key in each} for each in resources]


def _rename(value: Any, renamed: Mapping[str, str]) -> Any:  # noqa: ANN401 a text, or texts in lists or objects
    if isinstance(value, dict):
        return {key: _rename(each, renamed) for key, each in value.items()}
    if isinstance(value, list):
        return [_rename(each, renamed) for each in value]
    urn, identity = split_reference(value)
    return f"{renamed[urn]}::{identity}" if urn in renamed else renamed.get(value, value)
