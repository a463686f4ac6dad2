"""The tables of an example as YAML for people: a row a line where it fits, reported places marked."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

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
