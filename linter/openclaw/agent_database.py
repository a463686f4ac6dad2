"""Eras H and S: an agent's own database, with its credentials and, in era S, its sessions."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from linter.openclaw.agents import Agent
from linter.openclaw.answers import Heard, heard_in_database
from linter.openclaw.cells import (
    Owned,
    StoreCell,
    app_version,
    enter_cell,
    find_database,
    guarded,
    judge_schema,
    read_database,
    store_cell,
)
from linter.openclaw.era import FIRST_SHARED_AGENT_SCHEMA, NEWEST_AGENT_SCHEMA, DatabaseSign
from linter.openclaw.reading import Reading
from linter.openclaw.session_rows import session_rows
from linter.openclaw.store_rows import count_profiles
from linter.snapshot.tables import Row
from linter.sources.database import Database
from linter.sources.interface import Cell, Document
from linter.sources.json_document import parse_node_json
from linter.sources.reading import load_cell

_STORE, _ROUTING, _SESSIONS = "auth_profile_store", "auth_profile_state", "session_nodes"
_PRIMARY = "primary"
_ENTRY = "entry_json"
_NODE_COLUMNS = ("session_key", "current_session_id", "entry_valid", "archived_at")
_INVALID = -1
_VALIDITIES = (1, 0, _INVALID)
"""All that the table of OpenClaw allows; a row with another number is not one that was checked."""


class AgentDatabase(NamedTuple):
    """What an agent's database holds. `sessions` is None where it keeps none, as up to 2026.7.

    `heard` is who answered in them last.
    """

    owned: Owned
    sign: DatabaseSign
    store: StoreCell | None = None
    routing: StoreCell | None = None
    sessions: list[Row] | None = None
    app_version: str | None = None
    heard: tuple[Heard, ...] = ()


def read_agent_database(reading: Reading, agent: Agent, main_key: str) -> AgentDatabase | None:
    """Read an agent's database, None if there is none; what is wrong with it is said in `files`."""
    owned = find_database(reading, agent.database, "agent-db", agent.id)
    if owned is None:
        return None

    def read(database: Database) -> AgentDatabase:
        keeps_sessions = _SESSIONS in database.tables or database.user_version >= FIRST_SHARED_AGENT_SCHEMA
        expected = (_STORE, _ROUTING, _SESSIONS) if keeps_sessions else (_STORE, _ROUTING)
        judge_schema(owned, database, NEWEST_AGENT_SCHEMA, expected)
        store = _primary(reading, owned, database, _STORE, "store")
        if _STORE in database.tables:
            count_profiles(owned.row, store.value if store else {}, store.written if store else None)
        routing = _primary(reading, owned, database, _ROUTING, "state")
        sessions = None
        if keeps_sessions:
            sessions = guarded(owned, lambda: _sessions(reading, owned, database, main_key))

        def heard() -> tuple[Heard, ...]:
            return tuple(heard_in_database(reading, database, owned.path, sessions or ()))

        return AgentDatabase(
            owned,
            DatabaseSign(database.user_version, shared=False, has_auth_tables=_STORE in database.tables),
            store,
            routing,
            sessions,
            app_version(database),
            guarded(owned, heard) or (),
        )

    found = read_database(owned, read)
    return found or AgentDatabase(owned, DatabaseSign(None, shared=False, has_auth_tables=False))


def open_store_cell(reading: Reading, agent: Agent) -> tuple[Row, StoreCell] | None:
    """Read only the credentials of an agent's database; return its row of `files`, too."""
    owned = find_database(reading, agent.database, "agent-db", agent.id)
    if owned is None:
        return None
    store = read_database(owned, lambda database: _primary(reading, owned, database, _STORE, "store"))
    if store is None:
        return None
    count_profiles(owned.row, store.value, store.written)
    return owned.row, store


def _primary(reading: Reading, owned: Owned, database: Database, table: str, name: str) -> StoreCell | None:
    """Return the one row of a table of credentials that OpenClaw reads."""
    key, column = f"{name}_key", f"{name}_json"
    for row in database.rows(table, [key, "updated_at"], [column]):
        if row[key] == _PRIMARY:
            cell = Cell(table, _PRIMARY, column)
            return store_cell(reading, owned, cell, row[column], row["updated_at"])
    return None


def _sessions(reading: Reading, owned: Owned, database: Database, main_key: str) -> list[Row]:
    """Return a row per session node. Their documents are made when asked for: there may be 100,000."""
    texts: dict[str, bytes | None] = {}
    marks: list[tuple[Any, bool, Any]] = []

    def entries() -> Iterator[tuple[str, dict[str, Any]]]:
        for node in database.rows(_SESSIONS, _NODE_COLUMNS, [_ENTRY]):
            key, data = str(node["session_key"]), node[_ENTRY]
            texts[key] = data
            marks.append((node["entry_valid"], node["archived_at"] is not None, node["current_session_id"]))
            yield key, _entry(reading, owned, key, data)

    prefix = f"{owned.row['path']}#{_SESSIONS}/"
    suffix = f"/{_ENTRY}"

    def document(source: str) -> Document | None:
        key = source.removeprefix(prefix).removesuffix(suffix)
        if key not in texts:
            return None
        return load_cell(owned.path, owned.row["path"], Cell(_SESSIONS, key, _ENTRY), texts[key]).document

    reading.snapshot.documents.find_on_demand(prefix, document)
    agent = owned.agent or ""
    rows = session_rows(
        entries(),
        lambda key: {"source": f"{prefix}{key}{suffix}", "pointer": ""},
        lambda _: agent,
        main_key,
    )
    for row, (valid, archived, session_id) in zip(rows, marks, strict=True):
        row["entry_valid"] = (valid if valid in _VALIDITIES else _INVALID) if isinstance(valid, int) else None
        row["archived"] = row["archived"] or archived
        if row["sessionId"] is None and isinstance(session_id, str):
            row["sessionId"] = session_id
    return rows


def _entry(reading: Reading, owned: Owned, key: str, data: bytes | None) -> dict[str, Any]:
    """Return a session entry; for one that is no object, an empty one and a row of `files`."""
    value = parse_node_json((data or b"").decode(errors="replace")).value
    if not isinstance(value, dict):
        enter_cell(reading, owned, Cell(_SESSIONS, key, _ENTRY), data)
        return {}
    return value
