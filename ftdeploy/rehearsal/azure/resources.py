"""The resources that exist: one row each, parents and children joined by their ids."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from sqlite3 import Row
from typing import Any

from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.store import Store

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Resource:
    """A resource as Azure would answer it, and what only the emulator knows of it."""

    id: str
    type: str
    body: Json
    """Everything but id, name and type: `{"location": …, "sku": …, "properties": {"provisioningState": …}}`."""
    internal: Json = field(default_factory=dict)
    """Never answered: an account's keys, a deployment's base model and quota name."""
    is_given: bool = False
    """Whether the scenario made it."""
    lookup: str = ""
    """By what it is found quickly besides its id, such as `subdomain:contoso`; empty for nothing."""

    @property
    def key(self) -> str:
        """The id as compared."""
        return self.id.lower()

    @property
    def name(self) -> str:
        """The last part of the id."""
        return self.id.rpartition("/")[2]

    @property
    def path(self) -> ArmPath:
        """The id, taken apart."""
        return parse_arm_path(self.id)

    @property
    def properties(self) -> Json:
        """The `properties` of the body."""
        found: Json = self.body.setdefault("properties", {})
        return found

    @property
    def location(self) -> str:
        """The region as `swedencentral`; empty for what has none."""
        return normalize_location(str(self.body.get("location", "")))

    def render(self) -> Json:
        """The body of an answer."""
        return {"id": self.id, "name": self.name, "type": self.type, **self.body}


def normalize_location(text: str) -> str:
    """`Sweden Central` and `swedencentral` are one region."""
    return text.replace(" ", "").lower()


class Resources:
    """All resources, found by id, type or parent without regard to letter case."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, resource_id: str) -> Resource | None:
        """The resource of that id."""
        row = self._store.find_row("SELECT * FROM resources WHERE key = ?", resource_id.lower())
        return None if row is None else _read(row)

    def list_of_type(self, type_name: str, *, below: str = "") -> Iterator[Resource]:
        """Resources of one type at or below a scope, oldest first."""
        rows = self._store.list_rows("SELECT * FROM resources WHERE type = ? ORDER BY rowid", type_name.lower())
        start = below.lower()
        return (_read(row) for row in rows if _is_at_or_below(row["key"], start))

    def list_by_lookup(self, lookup: str) -> Iterator[Resource]:
        """Resources that were saved with this `lookup`, in any letter case."""
        rows = self._store.list_rows("SELECT * FROM resources WHERE lookup = ? ORDER BY rowid", lookup.lower())
        return (_read(row) for row in rows)

    def list_children(self, parent_id: str, type_name: str) -> list[Resource]:
        """Resources of one type right under a parent, oldest first."""
        rows = self._store.list_rows(
            "SELECT * FROM resources WHERE parent = ? AND type = ? ORDER BY rowid",
            parent_id.lower(),
            type_name.lower(),
        )
        return [_read(row) for row in rows]

    def list_below(self, scope: str = "") -> Iterator[Resource]:
        """Every resource below a scope, oldest first."""
        start = scope.lower()
        for row in self._store.list_rows("SELECT * FROM resources ORDER BY rowid"):
            if _is_at_or_below(row["key"], start) and row["key"] != start:
                yield _read(row)

    def save(self, resource: Resource) -> None:
        """Keep a resource; one of the same id gives way but keeps its place in lists."""
        path = resource.path
        self._store.write(
            "INSERT INTO resources VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
            " body = excluded.body, internal = excluded.internal, lookup = excluded.lookup",
            path.key,
            resource.id,
            path.type_key,
            path.parent.lower(),
            json.dumps(resource.body),
            json.dumps(resource.internal),
            resource.is_given,
            resource.lookup.lower(),
        )

    def delete(self, resource_id: str) -> None:
        """Remove a resource and all that is in it: children, and role assignments on it."""
        key = resource_id.lower()
        # "0" follows "/" in ASCII, so the range holds what starts with the key and a slash.
        within = (key, f"{key}/", f"{key}0")
        self._store.write("DELETE FROM resources WHERE key = ? OR (key >= ? AND key < ?)", *within)


def _read(row: Row) -> Resource:
    path = parse_arm_path(row["id"])
    return Resource(
        id=row["id"],
        type=path.type,
        body=json.loads(row["body"]),
        internal=json.loads(row["internal"]),
        is_given=bool(row["is_given"]),
        lookup=row["lookup"],
    )


def _is_at_or_below(key: str, scope: str) -> bool:
    return key == scope or key.startswith(f"{scope}/")
