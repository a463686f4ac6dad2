"""The tables of a snapshot: their columns, what names their rows, and rows of which nothing is known yet.

`tables.json` and `schema.json` are generated from `tables/*.yaml`. Beside the words of JSON Schema a column
has `raw` (it stands in a file as it is), `of` (what it names), `usual` (values that are known), `time` (in ms
since the epoch) and `since` (the version that brought it).
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from math import isfinite
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


Schema = Mapping[str, Any]


@cache
def schema() -> dict[str, Any]:
    """Return the schema; a row has every column of its table but those that are `optional`."""
    value: dict[str, Any] = json.loads(Path(__file__).with_name("schema.json").read_bytes())
    for row in _rows(value):
        row["required"] = [name for name, column in row["properties"].items() if "optional" not in column]
    value["required"] = list(value["properties"])
    return value


def columns(table: str) -> Mapping[str, Schema]:
    """Return what is said of each column of a table, or of `meta`."""
    described = schema()["properties"][table]
    found: Mapping[str, Schema] = described.get("items", described)["properties"]
    return found


def columns_of(*words: str) -> frozenset[str]:
    """Return the names of the columns, wherever they are, that are `of` one of some kinds, or of one type."""
    return frozenset(
        name
        for row in _rows(schema())
        for name, column in row["properties"].items()
        if column.get("of") in words or _reference(column) in words
    )


def _rows(value: Schema) -> Iterator[dict[str, Any]]:
    for described in value["properties"].values():
        yield described.get("items", described)
    yield from value["$defs"].values()


def _reference(column: Schema) -> str:
    reference: str = column.get("anyOf", (column,))[0].get("$ref", "")
    return reference.rpartition("/")[2]


_EXACT = 1 << 63
_SAFE = {"number": frozenset({float, int, type(None)}), "integer": frozenset({int, type(None)})}


def settle(tables: Tables) -> None:
    """Replace, in columns that hold numbers, those that are out of range and, unless it may, what is none."""
    for name, rows in tables.items():
        for column, kind in _TABLES[name]["numbers"].items() if rows else ():
            kinds = {row[column].__class__ for row in rows if column in row}
            if kinds - _SAFE[kind or "number"] or float in kinds or int in kinds:
                for row in rows:
                    if (value := row.get(column)) is not None:
                        row[column] = _settled(value, kind)


def _settled(value: Any, kind: str) -> Any:
    if value.__class__ not in (int, float):
        return None if kind else value
    if value.__class__ is int and abs(value) < _EXACT:
        return value
    try:
        number = float(value)
    except OverflowError:
        return None
    if not isfinite(number) or (kind == "integer" and not number.is_integer()):
        return None
    return number
