"""OpenClaw's databases: one row of `files` each, and one for each JSON cell that does not parse."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from linter.openclaw.reading import NO_OBJECT, Reading, facts_of, layout_faults
from linter.snapshot.redact import scrub
from linter.snapshot.tables import Row, new_row
from linter.sources.database import Database, DatabaseProblem, open_private_copy
from linter.sources.interface import Cell
from linter.sources.reading import Loaded, load_cell

Found = TypeVar("Found")

_BESIDE = ("-wal", "-shm")
_SHARED = ("role", "agent", "exists", "owner_ok", "symlink", "realpath", "mtime")


class StoreCell(NamedTuple):
    """A JSON object in a row of its own: its document, and when the row was written (ms)."""

    source: str
    value: dict[str, Any]
    written: int | None


class Owned(NamedTuple):
    """A database file in use: its path, its row of `files`, and the agent that it belongs to."""

    path: Path
    row: Row
    agent: str | None


def find_database(reading: Reading, path: Path, role: str, agent: str | None) -> Owned | None:
    """Enter a database and the files beside it into the snapshot; None if there is none."""
    row = reading.look(path, role, agent, secret=True)
    if row is None:
        return None
    for suffix in _BESIDE:
        reading.look(path.with_name(path.name + suffix), role, agent, secret=True)
    return Owned(path, row, agent)


def read_database(owned: Owned, read: Callable[[Database], Found]) -> Found | None:
    """Return what `read` finds in a private copy; where that fails, None, and the file's row says why."""

    def read_copy() -> Found | None:
        if _is_empty(owned.path):
            owned.row["parse"] = "empty"
            return None
        with open_private_copy(owned.path) as database:
            owned.row.update(parse="ok", schema_version=database.user_version)
            return read(database)

    return guarded(owned, read_copy)


def _is_empty(path: Path) -> bool:
    """Tell whether a database has not a single page, which SQLite takes for a new one."""
    wal = path.with_name(f"{path.name}-wal")
    return facts_of(path).size == 0 and not facts_of(wal).size


def guarded(owned: Owned, read: Callable[[], Found]) -> Found | None:
    """Return what `read` returns; where the database cannot be read on, None, and its row says why."""
    try:
        return read()
    except DatabaseProblem as problem:
        parse = "unstable" if problem.kind == "unstable" else "error"
        owned.row.update(parse=parse, parse_error=scrub(problem.message))
        return None


def judge_schema(owned: Owned, database: Database, newest: int, expected: tuple[str, ...]) -> None:
    """Enter into the row of a database what is unknown about its layout, and what is damaged."""
    details = []
    if database.user_version > newest:
        details.append(f"schema {database.user_version}; this reader knows up to {newest}")
    details.extend(f"no table {table}" for table in expected if table not in database.tables)
    if details:
        owned.row.update(schema_known=False, schema_detail="; ".join(details))
    for table in expected:
        fault = database.check(table) if table in database.tables else None
        if fault is not None:
            owned.row.update(parse="error", parse_error=scrub(f"{table} is damaged: {fault}"))


def enter_cell(reading: Reading, owned: Owned, cell: Cell, data: bytes | None) -> Loaded:
    """Parse a cell and register its document; one that is no JSON object becomes a row of `files`."""
    loaded = load_cell(owned.path, owned.row["path"], cell, data)
    assert loaded.document is not None
    reading.snapshot.documents.add(loaded.document)
    if loaded.error is not None:
        parse = "empty" if loaded.empty else "error"
        _add_cell(reading, owned, loaded.document.id, parse=parse, parse_error=loaded.error.message)
    elif not isinstance(loaded.value, dict):
        _add_cell(reading, owned, loaded.document.id, parse="error", parse_error=NO_OBJECT)
    return loaded


def store_cell(reading: Reading, owned: Owned, cell: Cell, data: bytes | None, written: object) -> StoreCell:
    """Return a JSON object of a database; an empty one where there is something else."""
    loaded = enter_cell(reading, owned, cell, data)
    assert loaded.document is not None
    value = loaded.value if isinstance(loaded.value, dict) else {}
    if faults := layout_faults(value):
        _add_cell(reading, owned, loaded.document.id, **faults)
    return StoreCell(loaded.document.id, value, written if isinstance(written, int) else None)


def _add_cell(reading: Reading, owned: Owned, source: str, **faults: Any) -> None:
    """Append a row of `files` for a cell with faults, without what the file system says of its database."""
    at = {"source": source, "pointer": ""}
    row = new_row("files", at=at, path=source, parse="ok", **{name: owned.row[name] for name in _SHARED})
    reading.snapshot.tables["files"].append({**row, **faults})


def app_version(database: Database) -> str | None:
    """Return the version of OpenClaw that made or last changed the layout of a database."""
    for row in database.rows("schema_meta", ["meta_key", "app_version"]):
        if row["meta_key"] == "primary" and isinstance(row["app_version"], str):
            return row["app_version"]
    return None
