"""The emulator's state in SQLite: tables, transactions, and settings; it survives a killed process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tenants (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS subscriptions (id TEXT PRIMARY KEY, tenant TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS principals (
  client_id TEXT NOT NULL, tenant TEXT NOT NULL, object_id TEXT NOT NULL, name TEXT NOT NULL,
  secret TEXT NOT NULL, is_identity INTEGER NOT NULL, PRIMARY KEY (client_id, tenant));
CREATE TABLE IF NOT EXISTS resources (
  key TEXT PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, parent TEXT NOT NULL,
  body TEXT NOT NULL, internal TEXT NOT NULL, is_given INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS resources_by_type ON resources (type);
CREATE INDEX IF NOT EXISTS resources_by_parent ON resources (parent);
CREATE TABLE IF NOT EXISTS operations (
  id TEXT PRIMARY KEY, action TEXT NOT NULL, target TEXT NOT NULL, lock TEXT NOT NULL,
  started TEXT NOT NULL, ends TEXT NOT NULL, is_running INTEGER NOT NULL, failure TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS operations_running ON operations (is_running, lock);
CREATE TABLE IF NOT EXISTS fine_tuned_models (
  account TEXT NOT NULL, name TEXT NOT NULL, base_name TEXT NOT NULL, base_version TEXT NOT NULL,
  PRIMARY KEY (account, name));
CREATE TABLE IF NOT EXISTS quota (
  subscription TEXT NOT NULL, location TEXT NOT NULL, name TEXT NOT NULL, capacity INTEGER NOT NULL,
  PRIMARY KEY (subscription, location, name));
CREATE TABLE IF NOT EXISTS calls (
  account TEXT NOT NULL, deployment TEXT NOT NULL, at TEXT NOT NULL, count INTEGER NOT NULL,
  operation TEXT NOT NULL, status INTEGER NOT NULL, is_stream INTEGER NOT NULL, is_spillover INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, generated_tokens INTEGER NOT NULL,
  model_name TEXT NOT NULL, model_version TEXT NOT NULL, region TEXT NOT NULL,
  ptu INTEGER NOT NULL, utilization_percent REAL NOT NULL);
CREATE INDEX IF NOT EXISTS calls_by_account ON calls (account, at);
CREATE INDEX IF NOT EXISTS calls_by_deployment ON calls (account, deployment, at);
CREATE TABLE IF NOT EXISTS agenda (
  n INTEGER PRIMARY KEY, due TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS agenda_by_due ON agenda (due, n);
CREATE INDEX IF NOT EXISTS agenda_by_subject ON agenda (subject, kind);
CREATE TABLE IF NOT EXISTS activity (
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, subscription TEXT NOT NULL, entry TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS activity_by_subscription ON activity (subscription, at);
CREATE TABLE IF NOT EXISTS requests (n INTEGER PRIMARY KEY, entry TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS leaned (behaviour TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (behaviour, n));
"""

SCHEMA_VERSION = 2
"""Grows with every change of a table; a state is disposable, so an older one is refused rather than converted."""


class OldState(ValueError):
    """The file was written by a version with other tables."""


class Store:
    """One SQLite file; all access is from one thread, one request a transaction."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        # A write-ahead log without a sync per commit: what was answered outlives a killed process; no more is promised.
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._check_version(path)
        self._connection.executescript(f"{_SCHEMA}PRAGMA user_version = {SCHEMA_VERSION};")

    def _check_version(self, path: Path) -> None:
        found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        is_new = self._connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
        if not is_new and found != SCHEMA_VERSION:
            self._connection.close()
            raise OldState(f"{path.name} was written by another version of the pretend Azure")

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        self._connection.close()

    def list_rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Every row that a query finds."""
        return self._connection.execute(sql, values).fetchall()

    def find_row(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row that a query finds."""
        row: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def write(self, sql: str, *values: object) -> int:
        """Change something; returns how many rows changed."""
        return self._connection.execute(sql, values).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that happens inside is kept, or none of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Within a transaction: a part that is undone alone when it raises."""
        self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO attempt")
            raise
        finally:
            self._connection.execute("RELEASE attempt")

    def find_setting(self, name: str) -> str | None:
        """A kept setting, such as `operationSeconds`."""
        row = self.find_row("SELECT value FROM settings WHERE name = ?", name)
        return None if row is None else str(row["value"])

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a setting beyond this process."""
        self.write("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)
