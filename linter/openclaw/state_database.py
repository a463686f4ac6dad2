"""Era S: the shared database, with the credentials that all agents share and who owns them."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from linter.openclaw.cells import (
    Owned,
    StoreCell,
    app_version,
    find_database,
    judge_schema,
    read_database,
    store_cell,
)
from linter.openclaw.cron_jobs import StoredJob, stored_jobs
from linter.openclaw.era import FIRST_SHARED_STATE_SCHEMA, NEWEST_STATE_SCHEMA, DatabaseSign
from linter.openclaw.location import expand
from linter.openclaw.migrations import migration_rows
from linter.openclaw.reading import Reading
from linter.openclaw.store_rows import count_profiles
from linter.openclaw.thread_bindings import stored_bindings
from linter.snapshot.tables import Row
from linter.sources.database import Database
from linter.sources.interface import Cell

LEGACY_MAIN, STATE_DB = "legacy-main", "state-db"

_TABLE, _COLUMN = "config_machine_state", "value_json"
_OWNERSHIP = "auth.sharedStore"
_STORE, _ROUTING = "authProfiles.store", "authProfiles.state"


class StateDatabase(NamedTuple):
    """What the shared database holds; `location` is where the shared store is, None where nobody can tell."""

    owned: Owned
    sign: DatabaseSign
    location: str | None = None
    store: StoreCell | None = None
    routing: StoreCell | None = None
    registered: tuple[tuple[str, Path], ...] = ()
    app_version: str | None = None
    bindings: Mapping[str, bytes] = MappingProxyType({})
    migrations: tuple[Row, ...] = ()
    cron_jobs: tuple[StoredJob, ...] = ()


def read_state_database(reading: Reading) -> StateDatabase | None:
    """Read the shared database, None if there is none; what is wrong with it is said in `files`."""
    owned = find_database(reading, reading.location.state_database, "state-db", None)
    if owned is None:
        return None
    found = read_database(owned, lambda database: _read(reading, owned, database))
    return found or StateDatabase(owned, DatabaseSign(None, shared=False, has_auth_tables=False))


def _read(reading: Reading, owned: Owned, database: Database) -> StateDatabase:
    shares = database.user_version >= FIRST_SHARED_STATE_SCHEMA
    judge_schema(owned, database, NEWEST_STATE_SCHEMA, (_TABLE,) if shares else ())
    cells = {}
    for row in database.rows(_TABLE, ["state_key", "updated_at_ms"], [_COLUMN]):
        if row["state_key"] in (_OWNERSHIP, _STORE, _ROUTING):
            cell = Cell(_TABLE, row["state_key"], _COLUMN)
            cells[cell.key] = store_cell(reading, owned, cell, row[_COLUMN], row["updated_at_ms"])
    if _STORE in cells:
        count_profiles(owned.row, cells[_STORE].value, cells[_STORE].written)
    return StateDatabase(
        owned,
        DatabaseSign(database.user_version, shared=bool(cells), has_auth_tables=bool(cells)),
        _location(reading, owned, cells.get(_OWNERSHIP)),
        cells.get(_STORE),
        cells.get(_ROUTING),
        tuple(
            (row["agent_id"], expand(row["path"], reading.location.home, reading.location.state_dir))
            for row in database.rows("agent_databases", ["agent_id", "path"])
            if isinstance(row["agent_id"], str) and isinstance(row["path"], str)
        ),
        app_version(database),
        stored_bindings(database, reading.now),
        migration_rows(reading, owned, database),
        stored_jobs(database),
    )


def _location(reading: Reading, owned: Owned, ownership: StoreCell | None) -> str | None:
    """Return where the shared store is. Without the row it is main's, as before there was a shared one."""
    if ownership is None:
        return LEGACY_MAIN
    location = ownership.value.get("location")
    if location in (LEGACY_MAIN, STATE_DB):
        return str(location)
    row = next((row for row in reading.snapshot.tables["files"] if row["path"] == ownership.source), None)
    if row is None:  # it is an object, but says something else
        place = {"source": ownership.source, "pointer": "/location"}
        problem = f"{_OWNERSHIP} names no known location: OpenClaw refuses to load any credentials"
        owned.row.update(at=place, parse="error", parse_error=problem)
    return None
