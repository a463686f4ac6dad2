"""The profile that the Codex thread of a session was started with.

It lies in a file beside the session's transcript, from about 2026.7 on in the plugin state of the shared
database. Only the threads of chats in use are read: there may be 100,000 sessions, each with a file.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linter.files import names_in
from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.openclaw.selection.sessions import ACTIVE_WINDOW_MS
from linter.snapshot.tables import Row
from linter.sources.interface import Cell
from linter.sources.reading import Loaded, load_cell, load_node_json

if TYPE_CHECKING:  # JSON files need no database
    from linter.sources.database import Database

MOST_READ = 500
"""Of more sessions in use, those of the newest are read."""

_TABLE, _KEY, _COLUMN = "plugin_state_entries", "entry_key", "value_json"
_WHERE = {"plugin_id": "codex", "namespace": "app-server-thread-bindings"}
_BESIDE = ".jsonl.codex-app-server.json"
_TOPIC = "-topic-"


def stored_bindings(database: "Database", now: int) -> dict[str, bytes]:
    """Return by key the entries of the plugin state that bind threads and have not expired."""
    rows = database.rows(_TABLE, [_KEY, "expires_at"], [_COLUMN], where=_WHERE)
    return {
        row[_KEY]: row[_COLUMN]
        for row in rows
        if row[_COLUMN] and (row["expires_at"] is None or row["expires_at"] > now)
    }


def add_bindings(reading: Reading, stored: Mapping[str, bytes], folders: Mapping[str, Path]) -> None:
    """Fill `binding_profile` of sessions: from plugin state, else from the folder of their transcripts."""
    beside = {agent: found for agent, folder in folders.items() if (found := _beside(folder))}
    if not stored and not beside:
        return
    for row in chats_in_use(reading.snapshot.tables["sessions"], reading.now):
        cell = next((key for key in _entry_keys(row) if key in stored), None)
        path = beside.get(row["agent"], {}).get(row["sessionId"])
        if cell is not None:
            database = reading.location.state_database
            loaded = load_cell(database, reading.shown(database), Cell(_TABLE, cell, _COLUMN), stored[cell])
            _bind(reading, row, loaded, _active(members(loaded.value), row), "/binding/authProfileId")
        elif path is not None:
            shown = reading.shown(path)
            loaded = load_node_json(path, shown, shown)
            _bind(reading, row, loaded, members(loaded.value), "/authProfileId")


def _bind(reading: Reading, row: Row, loaded: Loaded, binding: Mapping[str, Any], pointer: str) -> None:
    profile = binding.get("authProfileId")
    if (
        not isinstance(profile, str)
        or not isinstance(binding.get("threadId"), str)
        or loaded.document is None
    ):
        return
    reading.snapshot.documents.add(loaded.document)
    place = {"source": loaded.document.id, "pointer": pointer}
    row["binding_profile"] = profile.strip() or None
    row["at"] = {**row["at"], "fields": {**row["at"].get("fields", {}), "binding_profile": place}}


def _active(entry: Mapping[str, Any], row: Row) -> dict[str, Any]:
    """Return the binding of an entry, unless it was cleared or belongs to an earlier session of that key."""
    same = entry.get("sessionId") in (None, row["sessionId"])
    return members(entry.get("binding")) if same and entry.get("state") == "active" else {}


def _entry_keys(row: Row) -> Iterator[str]:
    digest = urlsafe_b64encode(sha256(row["key"].strip().encode()).digest()).decode().rstrip("=")
    yield f"session-key:{row['agent']}:{digest}"
    yield f"session:{row['agent']}:{row['sessionId']}"


def chats_in_use(sessions: Iterable[Row], now: int) -> list[Row]:
    """Return the sessions that were used of late; of too many, those of the newest."""
    recent = (
        row
        for row in sessions
        if row["sessionId"]
        and not row["archived"]
        and isinstance(row["updatedAt"], int | float)
        and row["updatedAt"] >= now - ACTIVE_WINDOW_MS
    )
    return nlargest(MOST_READ, recent, key=lambda row: row["updatedAt"])


def _beside(folder: Path) -> dict[str, Path]:
    """Return the files beside transcripts by session id, unless two are of one session."""
    names = [name for name in names_in(folder) if name.endswith(_BESIDE)]
    found: dict[str, Path] = {}
    ambiguous = set()
    for name in names:
        session = name.removesuffix(_BESIDE).partition(_TOPIC)[0]
        if session in found:
            ambiguous.add(session)
        found[session] = folder / name
    return {session: path for session, path in found.items() if session not in ambiguous}
