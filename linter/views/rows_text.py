"""Rows of a table, as a person asks for them, with the place of each."""

from collections.abc import Callable, Mapping, Sequence
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
