"""Rewriting session entries in an agent's database as OpenClaw's own writer would leave them.

Triggers mark every row that is written as unchecked: `entry_valid` becomes 0 and, from 2026.9 on, the key is
entered in `session_canonical_validation_pending`; `openclaw sessions` then fails until `doctor` has repaired
the row. OpenClaw's writer ends its transaction by taking the marks back, as is done here for a row that was
checked before: what the check looks at (id, lineage, delivery) stays as it is.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from linter.openclaw.era import NEWEST_AGENT_SCHEMA
from linter.sources.database import octet_length
from linter.sources.database_image import DatabaseProblem, expect_own_journal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TABLE, COLUMN = "session_nodes", "entry_json"
"""Where the entries of sessions stand, each under its `session_key`."""

PIN_FIELDS = frozenset(
    ("authProfileOverride", "authProfileOverrideSource", "authProfileOverrideCompactionCount")
)
"""The fields of a session's pin, which are written and removed together."""

_PENDING = "session_canonical_validation_pending"
_VALID = 1
_PATIENCE = 5.0  # seconds that another writer may take, as OpenClaw's own busy timeout


class EntryError(Exception):
    """Why entries were not rewritten."""


class Entry(NamedTuple):
    """What the entry of a session is to become, if it still is what was read."""

    key: str
    before: str
    after: str


def back_up(database: Path, copy: Path) -> None:
    """Copy a database that may be in use into an empty file, which keeps its mode. Raises EntryError."""
    import sqlite3  # noqa: PLC0415 - only who changes a database needs it

    with _opened(database) as connection:
        target = sqlite3.connect(copy)
        try:
            connection.backup(target)
        finally:
            target.close()


def read_entries(database: Path, keys: Sequence[str]) -> dict[str, str]:
    """Return the entries of sessions that are there. Raises EntryError."""
    with _opened(database) as connection:
        return {key: text for key in keys for (text,) in _entry(connection, key)}


def rewrite(database: Path, entries: Sequence[Entry]) -> None:
    """Give sessions other entries in one immediate transaction.

    Raises EntryError, and changes none, when another process keeps the database busy, when an entry has
    changed or was never checked by OpenClaw, or when the database is not one that this version knows.
    """
    with _opened(database) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            _expect_known_schema(connection, database)
            for entry in entries:
                _rewrite(connection, database, entry)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _rewrite(connection: sqlite3.Connection, database: Path, entry: Entry) -> None:
    if _entry(connection, entry.key) != [(entry.before,)]:
        raise EntryError(f"{entry.key} in {database} has changed since it was read")
    if _valid(connection, entry.key) != _VALID:
        raise EntryError(f"{entry.key} in {database} waits for OpenClaw's own repair")
    certified = _has_pending(connection) and not _pending(connection, entry.key)
    connection.execute(
        "UPDATE session_nodes SET entry_json = ? WHERE session_key = ?", (entry.after, entry.key)
    )
    connection.execute("UPDATE session_nodes SET entry_valid = ? WHERE session_key = ?", (_VALID, entry.key))
    if certified:
        connection.execute(f"DELETE FROM {_PENDING} WHERE session_key = ?", (entry.key,))  # noqa: S608 - a constant
    if _entry(connection, entry.key) != [(entry.after,)] or _valid(connection, entry.key) != _VALID:
        raise EntryError(f"{database} does not keep what is written to {entry.key}")


def _expect_known_schema(connection: sqlite3.Connection, database: Path) -> None:
    ((version,),) = connection.execute("PRAGMA user_version")
    if version > NEWEST_AGENT_SCHEMA:
        raise EntryError(f"{database} has schema {version}, of which this version of authlint knows nothing")


def _entry(connection: sqlite3.Connection, key: str) -> list[tuple[str]]:
    return connection.execute("SELECT entry_json FROM session_nodes WHERE session_key = ?", (key,)).fetchall()


def _valid(connection: sqlite3.Connection, key: str) -> int:
    ((valid,),) = connection.execute("SELECT entry_valid FROM session_nodes WHERE session_key = ?", (key,))
    return int(valid)


def _has_pending(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (_PENDING,))
    return found.fetchone() is not None


def _pending(connection: sqlite3.Connection, key: str) -> bool:
    query = f"SELECT 1 FROM {_PENDING} WHERE session_key = ?"  # noqa: S608 - a constant
    return connection.execute(query, (key,)).fetchone() is not None


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    """Open a database that is there for reading and writing, and turn SQLite's errors into ours."""
    import sqlite3  # noqa: PLC0415 - only who changes a database needs it

    try:
        expect_own_journal(database)
        connection = sqlite3.connect(
            f"{database.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_PATIENCE
        )
        try:
            connection.create_function("octet_length", 1, octet_length, deterministic=True)
            yield connection
        finally:
            connection.close()
    except DatabaseProblem as problem:
        raise EntryError(f"{database}: {problem.message}") from None
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        why = "another process keeps it busy" if name.startswith("SQLITE_BUSY") else f"SQLite reports {name}"
        raise EntryError(f"{database}: {why}") from None
