"""The emulator's state in SQLite: tables, transactions, and settings; it survives a killed process."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path


@cache
def read_schema() -> str:
    """Every table: those that providers share, then those of each, from the `tables.sql` beside its code."""
    folder = Path(__file__).parent
    files = [folder / "tables.sql", *sorted(folder.glob("*/tables.sql"))]
    return "".join(file.read_text(encoding="utf-8") for file in files)


def compute_version() -> int:
    """A number that another schema does not have; a state is disposable, so another one is refused, not converted."""
    return zlib.crc32(read_schema().encode()) & 0x7FFFFFFF


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
        self._connection.executescript(f"{read_schema()}PRAGMA user_version = {compute_version()};")

    def _check_version(self, path: Path) -> None:
        found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        is_new = self._connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
        if not is_new and found != compute_version():
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

    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Change something once for each row of values."""
        self._connection.executemany(sql, rows)

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
