"""What the engine is told about the tables it joins."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from linter.engine.columns import Columns


class Vocabulary(NamedTuple):
    """The tables that rules may name.

    `columns`: gives, per table and for `meta`, the columns. It is called only when rules are compiled.
    `identity`: per table, the columns that name a row for good, outermost first.
    `words`: what rules may be filed under, by kind (layer, symptom, checklist, era); anything, where a kind
    is left out. `kind`: the column of `meta` that tells of which era a snapshot is.
    `unread`: the table of what was not read, its column for the kind of thing and the one for whose it is.
    `references`: columns that hold the key of another table's row, for example `agent` -> (`agents`, `id`).
    `saved`: gives `meta` and the tables that a file holds; raises UnusableFileError where it holds none.
    """

    columns: Callable[[], Columns]
    identity: Mapping[str, tuple[str, ...]]
    references: Mapping[str, tuple[str, str]]
    words: Mapping[str, Collection[Any]] = MappingProxyType({})
    kind: str = ""
    unread: tuple[str, str, str] = ("", "", "")
    saved: Callable[[Path], Mapping[str, Any]] | None = None


def singular(table: str) -> str:
    """Return the word for one row of a table: `sessions` -> `session`."""
    if table.endswith("ies"):
        return table.removesuffix("ies") + "y"
    return table.removesuffix("s")
