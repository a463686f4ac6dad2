"""Rows as text for people: as a table, and as YAML with reported places marked."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from linter.printable import printable

_SCALARS = (str, int, float, bool)
Place = Callable[[Mapping[str, str]], str]
"""Says where a row lies, by its `at`."""


def located(value: Any, place: Place) -> Any:
    """Return the value with the `place` of every row in it, as `path:line:column`."""
    if isinstance(value, list):
        return [located(each, place) for each in value]
    if isinstance(value, dict) and _at(value):
        return {**value, "place": place(value["at"])}
    return value


def rows_text(value: Any, place: Place, named: Sequence[str]) -> str:
    """Return rows as lines of columns: those in `named` first, then what else is known; else the value.

    A column that is the same in no row known is left out, and so is what is no text, number or flag.
    """
    rows = value if isinstance(value, list) else [value]
    if not rows or not all(isinstance(row, dict) and _at(row) for row in rows):
        return "\n".join(_cell(row) for row in rows)
    known = dict.fromkeys(name for row in rows for name, cell in row.items() if isinstance(cell, _SCALARS))
    columns = dict.fromkeys([*(name for name in named if name in known), *known])
    shown = [name for name in columns if any(row.get(name) not in (None, False) for row in rows)]
    blocks = []
    for row in rows:
        cells = [f"  {name}: {_cell(row[name])}" for name in shown if row.get(name) is not None]
        blocks.append("\n".join([printable(place(row["at"])), *cells]))
    return "\n\n".join(blocks)


def _at(row: Mapping[str, Any]) -> bool:
    at = row.get("at")
    return isinstance(at, dict) and "source" in at and "pointer" in at


def _cell(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return str(value).lower().replace("none", "null")
    return printable(str(value))


_MARK = "  # <-"
_PLAIN = re.compile(r"[A-Za-z_][\w-]*")
_NOT_TEXT = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def tables_yaml(tables: Mapping[str, Any], marked: Collection[str] = (), width: int = 100) -> str:
    """Return YAML that reads as the same tables. `marked` are pointers to rows, or to what is in them."""
    return "\n".join(line for table, rows in tables.items() for line in _table(table, rows, marked, width))


def _table(table: str, rows: Any, marked: Collection[str], width: int) -> Iterator[str]:
    if not isinstance(rows, list) or not rows:
        yield f"{table}: {_flow(rows)}"
        return
    yield f"{table}:"
    for index, row in enumerate(rows):
        pointer = row.get("at", {}).get("pointer", f"/{table}/{index}") if isinstance(row, Mapping) else ""
        yield from _row(row, _fields(pointer, marked), width)


def _fields(pointer: str, marked: Collection[str]) -> set[str]:
    """Return the fields of a row that marks point into; an empty one stands for the row itself."""
    inside = [
        mark.removeprefix(pointer) for mark in marked if mark == pointer or mark.startswith(f"{pointer}/")
    ]
    return {rest.split("/")[1] if rest else "" for rest in inside}


def _row(row: Any, marked: Collection[str], width: int) -> Iterator[str]:
    line = f"  - {_flow(row)}"
    if not isinstance(row, Mapping) or (len(line) <= width and set(marked) <= {""}):
        yield line + (_MARK if marked else "")
        return
    whole = not set(marked) <= row.keys()  # the row itself, or a field that it leaves out
    for index, (name, value) in enumerate(row.items()):
        start = "    " if index else "  - "
        yield f"{start}{name}: {_flow(value)}" + (_MARK if name in marked or (whole and not index) else "")


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(str(name))}: {_flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT:
        return value
    return json.dumps(value, ensure_ascii=isinstance(value, str) and not value.isprintable())
