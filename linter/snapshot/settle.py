"""Numbers of rows as all that follows can work with them, whatever a file held.

JSON has numbers that no clock and no other JSON reader takes: `1e999`, or an integer of 400 digits. In a
column of numbers, what is none is as if it were not there, as OpenClaw takes it.
"""

from functools import cache
from math import isfinite
from typing import Any

from linter.snapshot.schema import columns
from linter.snapshot.tables import Tables

_EXACT = 1 << 63
_SAFE = {"number": frozenset({float, int, type(None)}), "integer": frozenset({int, type(None)})}


def settle(tables: Tables) -> None:
    """Replace, in columns that hold numbers, those that are out of range and, unless it may, what is none."""
    for name, rows in tables.items():
        for column, kind in _numeric(name).items() if rows else ():
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


@cache
def _numeric(table: str) -> dict[str, str]:
    """Return the columns of a table that may hold numbers, and whether they may hold nothing else."""
    found = {}
    for name, column in columns(table).items():
        words = column.get("type", [])
        kind = next((word for word in ("integer", "number") if word in words), "")
        if kind or not column.keys() & {"type", "anyOf", "$ref"}:
            found[name] = kind
    return found
