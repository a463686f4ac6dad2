"""Snapshots as files: one row a line, sorted, so that a commit of one shows what has changed."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from linter.files import open_regular
from linter.printable import json_text
from linter.snapshot.redact import scrub
from linter.snapshot.saved_document import SavedDocument, SavedRows
from linter.snapshot.shapes import mistake_in
from linter.snapshot.snapshot import Snapshot, SnapshotError
from linter.snapshot.tables import IDENTITY, SCHEMA_VERSION, Row, columns, empty_tables, schema
from linter.sources.documents import Documents
from linter.sources.reading import load_json, parse_json_bytes

_BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"meta"\s*:\s*\{\s*"schema"\s*:')
_LONGEST_BEGINNING = 256
_LATER_META = {"pseudonyms": None, "since": None, "agents": None, "auth_owner": "main"}
"""What snapshots of earlier versions do not have, and what that means."""


def is_snapshot(path: Path) -> bool:
    """Tell whether a file begins like a snapshot."""
    try:
        with os.fdopen(open_regular(path), "rb") as stream:
            return _BEGINNING.match(stream.read(_LONGEST_BEGINNING)) is not None
    except OSError:
        return False


def saved(snapshot: Snapshot, home: Path, changed: Callable[[str], str] = lambda text: text) -> str:
    """Return the text of a snapshot, with `~` for `home`; `changed` is applied to every text in it.

    What is expected stays in the user's own file; what follows from it is saved.
    """
    snapshot = snapshot._replace(tables={**snapshot.tables, "expectations": []})
    prefix = f"{home}{os.sep}"

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            text = f"~/{value[len(prefix) :]}" if value.startswith(prefix) else value
            return scrub(changed(text))
        if isinstance(value, dict):
            return {changed(key): clean(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [clean(item) for item in value]
        return value

    parts = [f'"meta": {_line(clean(snapshot.meta))}', _table("sources", clean(list(_sources(snapshot))))]
    for name in IDENTITY:
        none = dict.fromkeys(columns(name))
        rows = arranged(name, snapshot.tables[name])
        parts.append(_table(name, clean([{**none, **row} for row in rows])))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def load(path: Path, data: bytes | None = None) -> Snapshot:
    """Load a snapshot; its rows point into its file. Raises SnapshotError for any other file.

    `data` is what is in it, where it was fetched: `path` is then only its name.
    """
    names = (path, str(path), str(path))
    loaded = load_json(*names) if data is None else parse_json_bytes(data, *names)
    if loaded.document is None:
        raise SnapshotError(f"{path} {loaded.file.obstacle or 'cannot be read: there is no such file'}")
    if loaded.error is not None:
        problem = loaded.error
        raise SnapshotError(f"{path}:{problem.line}:{problem.column}: {problem.message}")
    meta, tables = _checked(loaded.value, path)
    for name, found in tables.items():
        if mistake := mistake_in(name, found, schema()):
            at = loaded.document.region(f"/{name}/{mistake.row}").start
            raise SnapshotError(
                f"{path}:{at.line}:{at.column}: `{mistake.column}` of a row of {name} must be"
                f" {mistake.wanted}; `authlint snapshot -o FILE` makes a whole snapshot"
            )
    documents = Documents()
    rows = SavedRows(loaded.document, tables, loaded.value.get("sources", []))
    documents.find_on_demand("", lambda source: SavedDocument(source, rows))
    return Snapshot(meta, tables, documents)


def _checked(value: Any, path: Path) -> tuple[Row, dict[str, list[Row]]]:
    """Return meta and tables with every column that a row of today has."""
    meta = value.get("meta") if isinstance(value, dict) else None
    if not isinstance(meta, dict) or type(meta.get("now")) is not int or not _texts(meta.get("providers")):
        raise SnapshotError(f"{path} is no snapshot")
    if meta.get("schema") != SCHEMA_VERSION:
        raise SnapshotError(f"{path} has schema {meta.get('schema')}; this version reads {SCHEMA_VERSION}")
    unknown = sorted(set(value) - {"meta", "sources", *IDENTITY})
    if unknown:
        raise SnapshotError(f"{path} has tables that this version does not know: {', '.join(unknown)}")
    if not _described(value.get("sources", [])):
        raise SnapshotError(f"{path}: sources is no list of documents")
    tables = empty_tables()
    for name in IDENTITY:
        found = value.get(name, [])
        if not isinstance(found, list) or not all(isinstance(row, dict) and _placed(row) for row in found):
            raise SnapshotError(f"{path}: {name} is no list of rows with a place each")
        tables[name] = [{**dict.fromkeys(columns(name)), **row} for row in found]
    return {**meta, **{key: value for key, value in _LATER_META.items() if key not in meta}}, tables


def _placed(row: Row) -> bool:
    at = row.get("at")
    return isinstance(at, dict) and isinstance(at.get("source"), str) and isinstance(at.get("pointer"), str)


def _described(sources: Any) -> bool:
    return isinstance(sources, list) and all(
        isinstance(source, dict) and isinstance(source.get("id"), str) for source in sources
    )


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _sources(snapshot: Snapshot) -> Iterator[Row]:
    """Yield the documents that rows point into."""
    for source in sorted({row["at"]["source"] for rows in snapshot.tables.values() for row in rows}):
        document = snapshot.documents.get(source)
        if isinstance(document, SavedDocument):
            yield document.origin
            continue
        cell = "/".join(document.cell) if document and document.cell else None
        kind = document.kind if document else "unread"
        yield {"id": source, "path": source.partition("#")[0], "kind": kind, "cell": cell}


def _table(name: str, rows: list[Row]) -> str:
    body = ",\n".join(map(_line, rows))
    return f'"{name}": [\n{body}\n]' if rows else f'"{name}": []'


def _line(row: Row) -> str:
    return json_text(row)


_BY_POSITION = {
    "orders": ("layer", "agent", "provider", "pos"),
    "effective_orders": ("agent", "provider", "pos"),
}
_AS_STORED = frozenset({"profiles", "repo_profiles", "visible_profiles", "grants", "comparisons"})


def arranged(name: str, rows: list[Row]) -> list[Row]:
    """Return the rows of a table by the columns that name them, or by their position in an order.

    So a database that gives its sessions in another order makes no other snapshot. Logins stay as they are
    stored: where nothing else decides, OpenClaw tries them in that order, and of two that contradict each
    other a finding names the first.
    """
    if name in _AS_STORED:
        return rows
    if columns := _BY_POSITION.get(name):  # what has no position stays as it was found, like the logins
        return sorted(rows, key=lambda row: [_sortable(row[column]) for column in columns])

    def key(row: Row) -> tuple[Any, ...]:
        at = row["at"]
        return *(_sortable(row.get(column)) for column in IDENTITY[name]), at["source"], at["pointer"]

    return sorted(rows, key=key)


def _sortable(value: Any) -> tuple[int, Any]:
    """Return what a value sorts by: numbers before texts, and null last."""
    if isinstance(value, int | float):
        return 0, value
    return (2, "") if value is None else (1, str(value))
