"""The tables of a snapshot, by name: what names their rows, and a row for which nothing is known yet.

They are described in `tables/*.yaml`, from which `tables.json` and `schema.json` are generated.
"""

import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]

SCHEMA_VERSION = 1

_TABLES = json.loads(Path(__file__).with_name("tables.json").read_bytes())
_LISTS = {
    name: [column for column, value in table["row"].items() if isinstance(value, list | dict)]
    for name, table in _TABLES.items()
}

IDENTITY: dict[str, tuple[str, ...]] = {name: tuple(table["key"]) for name, table in _TABLES.items()}
"""Per table, the columns that name a row for good: a finding's subject, whatever the lines and positions."""

DERIVED = frozenset(name for name, table in _TABLES.items() if table.get("derived"))
"""Tables that follow from the others."""

BETWEEN_MACHINES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    name: (tuple(table["shared"]), tuple(table.get("apart", ())))
    for name, table in _TABLES.items()
    if "shared" in table
}
"""Per table of several machines, the columns in which rows that belong together are equal, and may differ."""

REFERENCES: dict[str, tuple[str, str]] = {"agent": ("agents", "id"), "router": ("routers", "id")}
"""Columns that hold the key of a row of another table."""

UNREAD = ("unread", "what", "whose")
"""The table of what was not read, with its columns for the kind of thing and for whose it is."""


def empty_tables() -> Tables:
    """Return every table without rows."""
    return {name: [] for name in IDENTITY}


def new_row(table: str, **columns: Any) -> Row:
    """Return a row with these columns, and with what every other column is where nothing is known."""
    row: Row = _TABLES[table]["row"].copy()
    for name in _LISTS[table]:
        row[name] = row[name].copy()
    row.update(columns)
    return row
